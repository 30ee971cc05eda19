package dev.ridgeline.bench.cost;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * A mean with its confidence interval, of 95 % unless said otherwise.
 *
 * @param mean the mean
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double mean, double low, double high) {
    /**
     * Returns mean ± t·s/√n of independent values, t the 97.5 % quantile of Student's distribution with n - 1 degrees of
     * freedom, s the standard deviation with divisor n - 1.
     *
     * @param values n &gt;= 2 values
     * @return the interval
     */
    public static Interval of(double... values) {
        return SampleMean.of(values).interval();
    }

    /**
     * Returns this interval on another scale.
     *
     * @param increasing an increasing function
     * @return the function of mean, low and high
     */
    public Interval map(DoubleUnaryOperator increasing) {
        return new Interval(
                increasing.applyAsDouble(mean), increasing.applyAsDouble(low), increasing.applyAsDouble(high));
    }

    /**
     * Returns half the width.
     *
     * @return the x of mean ± x
     */
    public double halfWidth() {
        return (high - low) / 2;
    }

    /**
     * Returns the interval as it stands in a JSON file.
     *
     * @return mean and ends by name
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mean", mean);
        map.put("low", low);
        map.put("high", high);
        return map;
    }
}
