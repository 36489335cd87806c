package io.spillway.router.balancing;

/// Predicts the time to first token of one pool, learning as answers come.
///
/// `ttft = b0 + b1 * prompt + b2 * ahead + b3 * running`, in milliseconds, with prompt (uncached)
/// and prefill work ahead in thousands of tokens, and requests running at the endpoint. The
/// coefficients follow by recursive least squares with exponential forgetting.
///
/// Deviations from the textbook: it starts from conservative priors instead of nothing; residuals
/// are clipped at five times their usual size, so that one stalled answer does not bend the line;
/// coefficients are kept at 0 or more, because less work never takes longer; forgetting stops while
/// the covariance would exceed its start, so that hours of equal requests do not make the model
/// jumpy (covariance wind-up).
public final class TtftModel {
    private static final int SIZE = 4;
    private static final double MEMORY = 0.995;
    private static final double[] PRIOR = {100.0, 400.0, 400.0, 2.0};
    private static final double[] PRIOR_VARIANCE = {1.0, 9.0, 9.0, 0.01};
    private static final double LEAST_SPREAD_MILLIS = 20.0;
    private static final double CLIP = 5.0;
    private static final double SPREAD_WEIGHT = 0.05;
    private static final double RATIO_WEIGHT = 0.1;
    private static final double LEAST_RATIO = 0.25;
    private static final double MOST_RATIO = 4.0;

    private final double[] coefficients = PRIOR.clone();
    private final double[][] covariance = new double[SIZE][SIZE];
    private double spreadMillis = 200.0;
    private double ratio = 1.0;

    public TtftModel() {
        for (int i = 0; i < SIZE; i++) {
            covariance[i][i] = PRIOR_VARIANCE[i];
        }
    }

    /// What is known of the load when a request is sent.
    ///
    /// @param promptTokens prompt tokens that the endpoint must compute
    /// @param tokensAhead prompt tokens of requests sent before that have no token yet
    /// @param running requests at the endpoint
    public record Load(double promptTokens, double tokensAhead, double running) {
        double feature(int i) {
            return switch (i) {
                case 0 -> 1.0;
                case 1 -> promptTokens / 1000.0;
                case 2 -> tokensAhead / 1000.0;
                default -> running;
            };
        }
    }

    /// The prediction in milliseconds, at least 1.
    public double predict(Load load) {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += coefficients[i] * load.feature(i);
        }
        return Math.max(1.0, sum);
    }

    /// How far predictions are usually off, in milliseconds (mean absolute error, recent).
    public double spreadMillis() {
        return spreadMillis;
    }

    /// How actual times recently compared with the line, over all endpoints: what an endpoint
    /// without answers of its own is taken to be like.
    public double ratio() {
        return ratio;
    }

    /// The next value of such a ratio after one answer: a geometric moving average, so that twice
    /// and half weigh the same.
    static double follow(double ratio, double actual, double predicted) {
        double now = Math.clamp(actual / predicted, LEAST_RATIO, MOST_RATIO);
        return Math.clamp(ratio * Math.pow(now / ratio, RATIO_WEIGHT), LEAST_RATIO, MOST_RATIO);
    }

    /// Learns from one answer.
    ///
    /// @param load the load at dispatch
    /// @param millis measured time to first token
    public void learn(Load load, double millis) {
        double raw = millis - predict(load);
        double reach = CLIP * Math.max(LEAST_SPREAD_MILLIS, spreadMillis);
        double residual = Math.clamp(raw, -reach, reach);
        spreadMillis += SPREAD_WEIGHT * (Math.min(Math.abs(raw), reach) - spreadMillis);
        ratio = follow(ratio, millis, predict(load));

        var projected = new double[SIZE];
        double gainDivisor = MEMORY;
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                projected[i] += covariance[i][j] * load.feature(j);
            }
            gainDivisor += projected[i] * load.feature(i);
        }
        for (int i = 0; i < SIZE; i++) {
            double next = coefficients[i] + projected[i] / gainDivisor * residual;
            coefficients[i] = Math.max(0.0, next);
        }
        shrink(projected, gainDivisor);
    }

    private void shrink(double[] projected, double gainDivisor) {
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                covariance[i][j] -= projected[i] * projected[j] / gainDivisor;
            }
        }
        boolean mayForget = true;
        for (int i = 0; i < SIZE; i++) {
            mayForget &= covariance[i][i] / MEMORY <= PRIOR_VARIANCE[i];
        }
        if (mayForget) {
            for (var row : covariance) {
                for (int j = 0; j < SIZE; j++) {
                    row[j] /= MEMORY;
                }
            }
        }
    }
}
