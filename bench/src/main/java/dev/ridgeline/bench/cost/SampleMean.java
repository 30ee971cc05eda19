package dev.ridgeline.bench.cost;

import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of independent values with its standard error, and what Student's distribution with n - 1 degrees of freedom
 * says of it.
 *
 * @param mean the mean
 * @param error the standard error s/√n, s the standard deviation with divisor n - 1
 * @param n how many values there were, at least 2
 */
public record SampleMean(double mean, double error, int n) {
    private static final double TAIL = 0.025;

    /**
     * Returns the mean of independent values.
     *
     * @param values n &gt;= 2 values
     * @return the mean, with s/√n
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public static SampleMean of(double... values) {
        int n = values.length;
        if (n < 2) {
            throw new IllegalArgumentException("Interval: " + n + " values; there must be at least 2");
        }
        double mean = DoubleStream.of(values).sum() / n;
        double squares =
                DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
        return new SampleMean(mean, Math.sqrt(squares / (n - 1) / n), n);
    }

    /**
     * Returns the 95 % interval.
     *
     * @return mean ± t(0.975; n - 1)·error
     */
    public Interval interval() {
        return interval(2 * TAIL);
    }

    /**
     * Returns an interval that misses the true mean with a given probability.
     *
     * @param level that probability α, above 0 and below 1
     * @return mean ± t(1 - α/2; n - 1)·error
     */
    public Interval interval(double level) {
        double half = quantile(level / 2) * error;
        return new Interval(mean, mean - half, mean + half);
    }

    /** Returns the value that Student's distribution exceeds with this probability. */
    double quantile(double tail) {
        return student().inverseSurvivalProbability(tail);
    }

    /**
     * Tests whether the true mean is 0.
     *
     * @return the two-sided p-value of the hypothesis that it is
     */
    public double differsFromZero() {
        return Math.min(1, 2 * Math.min(above(0), below(0)));
    }

    /**
     * Returns the p-value of the two one-sided tests (Schuirmann, 1987) of the hypothesis that the true mean is not
     * between the bounds: the larger of the two. A small one proves that it is.
     */
    double liesWithin(double low, double high) {
        return Math.max(above(low), below(high));
    }

    /** Returns the p-value of the hypothesis that the true mean is at most the bound. */
    private double above(double bound) {
        if (error == 0) {
            return mean > bound ? 0 : 1;
        }
        return student().survivalProbability((mean - bound) / error);
    }

    /** Returns the p-value of the hypothesis that the true mean is at least the bound. */
    private double below(double bound) {
        return new SampleMean(-mean, error, n).above(-bound);
    }

    private TDistribution student() {
        return TDistribution.of(n - 1.0);
    }
}
