package io.spillway.router.balancing;

/// Predicts the time to first token of one pool, learning as answers come.
///
/// `ttft = b0 + b1 * prompt + b2 * ahead + b3 * running`, in milliseconds, with prompt (uncached)
/// and prefill work ahead in thousands of tokens, and requests running at the endpoint. The
/// coefficients are those of least squares with exponential forgetting, none below 0, because less
/// work never takes longer.
///
/// Deviations from the textbook: it starts from conservative priors, which stay as a weak pull, so
/// that hours of equal requests do not make the model jumpy; an answer counts the less, the more
/// work it met, so that the line fits an idle server as well as a busy one; what an answer took
/// beyond five times the usual error is cut off, so that one stalled answer does not bend the line.
/// The bound is part of the minimum that is sought: cutting the coefficients of an unbounded
/// solution off at 0 makes the others run away when a server really gets faster with something.
public final class TtftModel {
    private static final int SIZE = 4;
    private static final int SWEEPS = 20;
    private static final double MEMORY = 0.995;
    private static final double[] PRIOR = {100.0, 400.0, 400.0, 2.0};
    private static final double[] PRIOR_WEIGHT = {0.1, 0.1, 0.1, 10.0};
    private static final double LEAST_SPREAD_MILLIS = 20.0;
    private static final double CLIP = 5.0;
    private static final double SPREAD_WEIGHT = 0.05;
    private static final double RATIO_WEIGHT = 0.1;
    private static final double LEAST_RATIO = 0.25;
    private static final double MOST_RATIO = 4.0;

    private final double[] coefficients = PRIOR.clone();

    /// Sums over the answers: products of two features, and of a feature and the time.
    private final double[][] products = new double[SIZE][SIZE];

    private final double[] targets = new double[SIZE];
    private double spreadMillis = 200.0;
    private double ratio = 1.0;

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
        double predicted = predict(load);
        double reach = CLIP * Math.max(LEAST_SPREAD_MILLIS, spreadMillis);
        double error = Math.min(millis - predicted, reach);
        spreadMillis += SPREAD_WEIGHT * (Math.min(Math.abs(error), reach) - spreadMillis);
        ratio = follow(ratio, millis, predicted);

        double scale = 0.5 + load.feature(1) + load.feature(2);
        double weight = 1.0 / (scale * scale);
        for (int i = 0; i < SIZE; i++) {
            double weighted = weight * load.feature(i);
            targets[i] = MEMORY * targets[i] + weighted * (predicted + error);
            for (int j = 0; j < SIZE; j++) {
                products[i][j] = MEMORY * products[i][j] + weighted * load.feature(j);
            }
        }
        solve();
    }

    /// Goes to the least sum of squares, one coefficient at a time and from where it was before:
    /// the sum is convex, so this cannot run away.
    private void solve() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < SIZE; i++) {
                double rest = targets[i] + PRIOR_WEIGHT[i] * PRIOR[i];
                for (int j = 0; j < SIZE; j++) {
                    rest -= j == i ? 0.0 : products[i][j] * coefficients[j];
                }
                coefficients[i] = Math.max(0.0, rest / (products[i][i] + PRIOR_WEIGHT[i]));
            }
        }
    }
}
