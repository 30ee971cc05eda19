package dev.ridgeline.bench.cost;

import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of n independent values with its standard error, or the difference of two such means, and what Student's
 * distribution says of it.
 *
 * @param mean the mean
 * @param error the standard error s/√n, s the standard deviation with divisor n - 1
 * @param degrees the degrees of freedom, n - 1
 */
public record SampleMean(double mean, double error, double degrees) {
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
        return new SampleMean(mean, Math.sqrt(squares / (n - 1) / n), n - 1.0);
    }

    /** Returns the mean of two or more values. */
    static SampleMean of(List<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Returns this mean less that of other values, which may vary more or less than these (Welch, Biometrika, 1947): the
     * variances v of the means add, and so do the v²/degrees that the degrees of freedom are found from (Satterthwaite).
     */
    SampleMean minus(SampleMean other) {
        double variance = error * error;
        double otherVariance = other.error * other.error;
        double sum = variance + otherVariance;
        double welch = sum * sum / (variance * variance / degrees + otherVariance * otherVariance / other.degrees);
        return new SampleMean(mean - other.mean, Math.sqrt(sum), sum > 0 ? welch : degrees + other.degrees);
    }

    /** Returns e to the power of the mean, less 1, with its error to first order (the delta method). */
    SampleMean expm1() {
        return new SampleMean(Math.expm1(mean), Math.exp(mean) * error, degrees);
    }

    /**
     * Returns the 95 % interval.
     *
     * @return mean ± t(0.975; degrees)·error
     */
    public Interval interval() {
        return interval(2 * TAIL);
    }

    /**
     * Returns an interval that misses the true mean with a given probability.
     *
     * @param level that probability α, above 0 and below 1
     * @return mean ± t(1 - α/2; degrees)·error
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
        return new SampleMean(-mean, error, degrees).above(-bound);
    }

    private TDistribution student() {
        return TDistribution.of(degrees);
    }
}
