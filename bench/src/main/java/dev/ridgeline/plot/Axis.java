package dev.ridgeline.plot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One axis of a chart.
 *
 * @param label what it shows, with the unit
 * @param min the value at its start
 * @param max the value at its end, above {@code min}
 * @param logarithmic whether equal distances are equal ratios; then {@code min} is positive
 * @param reversed whether it runs from its end to its start
 */
public record Axis(String label, double min, double max, boolean logarithmic, boolean reversed) {
    private static final List<BigDecimal> FACTORS =
            List.of(BigDecimal.ONE, BigDecimal.TWO, new BigDecimal("2.5"), BigDecimal.valueOf(5));

    /** Checks the range. */
    public Axis {
        if (!(min < max && Double.isFinite(max - min)) || logarithmic && min <= 0) {
            throw new IllegalArgumentException("Axis \"" + label + "\": from " + min + " to " + max
                    + "; it must ascend between finite numbers" + (logarithmic ? " above 0" : ""));
        }
    }

    /**
     * A marked value.
     *
     * @param value where the mark is
     * @param text what it says
     */
    record Tick(double value, String text) {}

    /**
     * Makes a linear axis.
     *
     * @param label what it shows, with the unit
     * @param min the value at its start
     * @param max the value at its end
     * @return the axis
     */
    public static Axis linear(String label, double min, double max) {
        return new Axis(label, min, max, false, false);
    }

    /**
     * Makes a logarithmic axis.
     *
     * @param label what it shows, with the unit
     * @param min the value at its start, positive
     * @param max the value at its end
     * @return the axis
     */
    public static Axis logarithmic(String label, double min, double max) {
        return new Axis(label, min, max, true, false);
    }

    /**
     * Returns this axis in the other direction: the greatest value comes first.
     *
     * @return the axis
     */
    public Axis reverse() {
        return new Axis(label, min, max, logarithmic, !reversed);
    }

    /**
     * Makes a linear axis from the least to the greatest of some values, with a margin of a twentieth at both ends.
     *
     * @param label what it shows, with the unit
     * @param values the values; those that are not finite do not count
     * @return the axis
     * @throws IllegalArgumentException if no value is finite
     */
    public static Axis linear(String label, DoubleStream values) {
        DoubleSummaryStatistics range = range(label, "finite", values.filter(Double::isFinite));
        double width = range.getMax() - range.getMin();
        double margin = width > 0 ? width / 20 : Math.max(1, Math.abs(range.getMax()));
        return linear(label, range.getMin() - margin, range.getMax() + margin);
    }

    /**
     * Makes a linear axis for numbers of things. It ends where all its marks are whole numbers.
     *
     * @param label what is counted
     * @param most the largest number, which the axis reaches at least
     * @param room how much of its length above 0 it goes on below 0, at least 0; below 0.16 there is no mark there
     * @return the axis
     */
    public static Axis counts(String label, int most, double room) {
        for (int end = Math.max(1, most); ; end++) {
            Axis axis = linear(label, 0 - room * end, end); // and not -0
            if (axis.ticks().stream().allMatch(tick -> tick.value() == Math.rint(tick.value()))) {
                return axis;
            }
        }
    }

    /**
     * Makes a logarithmic axis from the least to the greatest of some values, with a margin of a twentieth at both ends.
     *
     * @param label what it shows, with the unit
     * @param values the values; those that are not finite, or not above 0, do not count
     * @return the axis
     * @throws IllegalArgumentException if no value is finite and above 0
     */
    public static Axis logarithmic(String label, DoubleStream values) {
        DoubleSummaryStatistics range =
                range(label, "finite and above 0", values.filter(v -> v > 0 && Double.isFinite(v)));
        double ratio = range.getMax() / range.getMin();
        double margin = ratio > 1 ? Math.pow(ratio, 0.05) : 2;
        return logarithmic(label, range.getMin() / margin, range.getMax() * margin);
    }

    private static DoubleSummaryStatistics range(String label, String kind, DoubleStream values) {
        DoubleSummaryStatistics range = values.summaryStatistics();
        if (range.getCount() == 0) {
            throw new IllegalArgumentException(
                    "Axis \"" + label + "\": no value is " + kind + "; give at least one, or the ends themselves");
        }
        return range;
    }

    /** Returns where a value lies, 0 where the axis begins and 1 where it ends; values outside are drawn on the edge. */
    double position(double value) {
        double inside = value < min ? min : value > max ? max : value;
        return Math.clamp(beyond(inside), 0, 1);
    }

    /** Returns where a value lies on the axis continued beyond its ends; what has no logarithm is infinitely far. */
    double beyond(double value) {
        double begin = scaled(reversed ? max : min);
        double end = scaled(reversed ? min : max);
        return (scaled(value) - begin) / (end - begin);
    }

    /** Returns whether a value lies between the ends. */
    boolean contains(double value) {
        return value >= min && value <= max;
    }

    private double scaled(double value) {
        return logarithmic ? Math.log(Math.max(value, 0)) : value;
    }

    /** Returns the marks: three to seven, at 1, 2, 2.5 or 5 times a power of ten, or at powers of ten where there are many. */
    List<Tick> ticks() {
        List<Tick> ticks = logarithmic ? powers() : multiples();
        return ticks.size() < 2 ? multiples() : ticks; // a logarithmic axis may be too short for powers
    }

    private List<Tick> powers() {
        List<Tick> ticks = new ArrayList<>();
        double decades = Math.log10(max / min);
        int[] steps = decades < 2 ? new int[] {1, 2, 5} : new int[] {1};
        int stride = (int) Math.max(1, Math.ceil(decades / 6));
        for (int power = (int) Math.floor(Math.log10(min)); power <= Math.log10(max); power += stride) {
            for (int step : steps) {
                addInside(ticks, BigDecimal.valueOf(step).scaleByPowerOfTen(power));
            }
        }
        return ticks;
    }

    private List<Tick> multiples() {
        List<Tick> ticks = new ArrayList<>();
        BigDecimal step = step((max - min) / 6);
        long first = (long) Math.ceil(min / step.doubleValue() - 1e-9);
        for (long i = first; i * step.doubleValue() <= max + 1e-9 * (max - min); i++) {
            addInside(ticks, step.multiply(BigDecimal.valueOf(i)));
        }
        return ticks;
    }

    /** Rounds up to 1, 2, 2.5 or 5 times a power of ten. */
    private static BigDecimal step(double least) {
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(least)));
        for (BigDecimal factor : FACTORS) {
            BigDecimal step = power.multiply(factor);
            if (step.doubleValue() >= least * (1 - 1e-9)) {
                return step;
            }
        }
        return power.scaleByPowerOfTen(1);
    }

    private void addInside(List<Tick> ticks, BigDecimal value) {
        double v = value.doubleValue();
        double slack = 1e-9 * (max - min);
        if (v >= min - slack && v <= max + slack) {
            ticks.add(new Tick(v, text(value)));
        }
    }

    private static String text(BigDecimal value) {
        double magnitude = Math.abs(value.doubleValue());
        if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e7)) {
            BigDecimal digits = value.stripTrailingZeros();
            return digits.unscaledValue() + "e" + -digits.scale();
        }
        return String.format(Locale.ROOT, "%,." + Math.max(0, value.scale()) + "f", value);
    }
}
