package dev.ridgeline.experiments.study;

import dev.ridgeline.bench.cost.Interval;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a figure is distributed over independent runs.
 *
 * @param values a value for each run, at least one; copied
 */
public record Distribution(double[] values) {
    private static final double ROUNDING = 1e-12;

    /** Copies the values. */
    public Distribution {
        if (values.length == 0) {
            throw new IllegalArgumentException("Distribution: there is no value; give at least one");
        }
        values = values.clone();
    }

    /**
     * Returns the mean.
     *
     * @return Σv/n
     */
    public double mean() {
        return Arrays.stream(values).sum() / values.length;
    }

    /**
     * Returns the standard deviation.
     *
     * @return that with divisor n - 1; NaN of a single value
     */
    public double deviation() {
        double mean = mean();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1)); // 0/0 of a single value
    }

    /**
     * Returns the median.
     *
     * @return the value in the middle, or the mean of both there
     */
    public double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /**
     * Returns the smallest value.
     *
     * @return the least
     */
    public double least() {
        return Arrays.stream(values).min().orElseThrow();
    }

    /**
     * Returns the largest value.
     *
     * @return the most
     */
    public double most() {
        return Arrays.stream(values).max().orElseThrow();
    }

    /**
     * Returns the mean's 95 % interval by Student's t.
     *
     * @return the interval; none of a single value
     */
    public Optional<Interval> interval() {
        return values.length < 2 ? Optional.empty() : Optional.of(Interval.of(values));
    }

    /**
     * Returns the mean's interval widened for runs that share rows. Splits of one data set overlap in what they train on, so
     * that their figures agree more than those of fresh data would: the standard error is s·√(1/n + ratio) instead of
     * s/√n (Nadeau and Bengio, Inference for the generalization error, Machine Learning 52, 2003).
     *
     * @param ratio rows that judge to rows that are learnt from
     * @return the interval; none of a single value
     */
    public Optional<Interval> intervalOfOverlapping(double ratio) {
        return interval().map(plain -> {
            double half = plain.halfWidth() * Math.sqrt(1 + values.length * ratio);
            return new Interval(mean(), mean() - half, mean() + half);
        });
    }

    /**
     * Returns this distribution in another unit.
     *
     * @param factor what every value is multiplied by
     * @return the distribution of the products
     */
    public Distribution times(double factor) {
        return new Distribution(Arrays.stream(values).map(v -> factor * v).toArray());
    }

    /**
     * Returns how many values differ from 0 by more than rounding, with that sign.
     *
     * @param sign 1 or -1; 0 for those that do not
     * @return the number
     */
    public int count(int sign) {
        return (int) Arrays.stream(values)
                .filter(v -> (Math.abs(v) < ROUNDING ? 0 : Math.signum(v)) == sign)
                .count();
    }

    /**
     * Returns mean and standard deviation as a text.
     *
     * @param format how a number is written
     * @return for example {@code 97.0 ± 0.7}; of a single value that alone
     */
    public String text(String format) {
        String mean = String.format(Locale.ROOT, format, mean());
        return values.length == 1 ? mean : mean + " \u00b1 " + String.format(Locale.ROOT, format, deviation());
    }

    /**
     * Returns the distribution as it stands in {@code result.json}.
     *
     * @return the figures by name, in a fixed order, and the values last; low and high are the ends of the mean's interval
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mean", mean());
        map.put("low", interval().map(Interval::low).orElse(null));
        map.put("high", interval().map(Interval::high).orElse(null));
        map.put("deviation", deviation());
        map.put("median", median());
        map.put("least", least());
        map.put("most", most());
        map.put("values", values);
        return map;
    }
}
