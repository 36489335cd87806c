package io.spillway.router.accounting;

/// What one model's tokenizer and answers are like. Thread-safe.
final class ModelTokens {
    private static final double STEP = 0.1;
    private static final double OUTPUT_WEIGHT = 0.05;
    private static final double FIRST_OUTPUT = 256.0;

    /// Tokens per ASCII, wide and other character, and per message.
    private final double[] coefficients = {0.25, 0.7, 0.5, 4.0};

    private double output = FIRST_OUTPUT;

    synchronized int prompt(TextSize size) {
        return (int) Math.min(Integer.MAX_VALUE, Math.round(predict(features(size))));
    }

    synchronized double output() {
        return output;
    }

    synchronized void learn(TextSize size, long promptTokens, double outputPerChoice) {
        output += OUTPUT_WEIGHT * (outputPerChoice - output);
        var features = features(size);
        double power = 1.0;
        for (double feature : features) {
            power += feature * feature;
        }
        double error = promptTokens - predict(features);
        for (int i = 0; i < coefficients.length; i++) {
            double next = coefficients[i] + STEP * error * features[i] / power;
            coefficients[i] = Math.max(0.0, next);
        }
    }

    private double predict(double[] features) {
        double sum = 0;
        for (int i = 0; i < coefficients.length; i++) {
            sum += coefficients[i] * features[i];
        }
        return sum;
    }

    private static double[] features(TextSize size) {
        return new double[] {size.ascii(), size.wide(), size.other(), size.messages()};
    }
}
