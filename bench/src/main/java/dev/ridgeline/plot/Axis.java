package dev.ridgeline.plot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart.
 *
 * @param label what it shows, with the unit
 * @param min the value at its start
 * @param max the value at its end, above {@code min}
 * @param logarithmic whether equal distances are equal ratios; then {@code min} is positive
 */
public record Axis(String label, double min, double max, boolean logarithmic) {
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
        return new Axis(label, min, max, false);
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
        return new Axis(label, min, max, true);
    }

    /** Returns where a value lies, 0 at the start and 1 at the end; values outside are drawn on the edge. */
    double position(double value) {
        double at = scaled(min);
        double share = (scaled(Math.max(value, min)) - at) / (scaled(max) - at);
        return Math.min(share, 1);
    }

    private double scaled(double value) {
        return logarithmic ? Math.log(value) : value;
    }

    /** Returns the marks: about five, at 1, 2 or 5 times a power of ten, or at powers of ten where there are many. */
    List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        if (logarithmic) {
            double decades = Math.log10(max / min);
            int[] steps = decades < 1.5 ? new int[] {1, 2, 5} : new int[] {1};
            int stride = (int) Math.max(1, Math.ceil(decades / 6));
            for (int power = (int) Math.floor(Math.log10(min)); power <= Math.log10(max); power += stride) {
                for (int step : steps) {
                    addInside(ticks, BigDecimal.valueOf(step).scaleByPowerOfTen(power));
                }
            }
        } else {
            BigDecimal step = step((max - min) / 5);
            long first = (long) Math.ceil(min / step.doubleValue() - 1e-9);
            for (long i = first; i * step.doubleValue() <= max + 1e-9 * (max - min); i++) {
                addInside(ticks, step.multiply(BigDecimal.valueOf(i)));
            }
        }
        return ticks;
    }

    /** Rounds up to 1, 2 or 5 times a power of ten. */
    private static BigDecimal step(double least) {
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(least)));
        for (int factor : new int[] {1, 2, 5}) {
            BigDecimal step = power.multiply(BigDecimal.valueOf(factor));
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
