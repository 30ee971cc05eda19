package dev.ridgeline.experiments;

import dev.ridgeline.kernel.Elementary;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * An elementary function and what it must be: a function that never falls, within a bound of the truth in double.
 *
 * @param name its name on the command line
 * @param kernel what is checked
 * @param truth the function in double, NaN outside its domain
 * @param bound the largest error allowed, in units of the last place of the exact result
 * @param atMinusInfinity its value there
 * @param atMinusZero its value there
 * @param atZero its value there
 * @param atInfinity its value there
 */
record CheckedFunction(
        String name,
        Kernel kernel,
        DoubleUnaryOperator truth,
        double bound,
        float atMinusInfinity,
        float atMinusZero,
        float atZero,
        float atInfinity) {
    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** The functions of {@link Elementary}. */
    static final List<CheckedFunction> ALL = List.of(
            new CheckedFunction("exp", Elementary::exp, StrictMath::exp, 1, 0, 1, 1, INFINITY),
            new CheckedFunction("expm1", Elementary::expm1, StrictMath::expm1, 2, -1, -0f, 0, INFINITY),
            new CheckedFunction("log", Elementary::log, StrictMath::log, 1, Float.NaN, -INFINITY, -INFINITY, INFINITY),
            new CheckedFunction("tanh", Elementary::tanh, StrictMath::tanh, 2, -1, -0f, 0, 1),
            new CheckedFunction("sigmoid", Elementary::sigmoid, CheckedFunction::sigmoid, 2, 0, 0.5f, 0.5f, 1),
            new CheckedFunction(
                    "softplus",
                    Elementary::softplus,
                    CheckedFunction::softplus,
                    2,
                    0,
                    (float) Math.log(2),
                    (float) Math.log(2),
                    INFINITY),
            new CheckedFunction("erf", Elementary::erf, Erf::value, 2, -1, -0f, 0, 1),
            new CheckedFunction(
                    "inverse-normal",
                    Elementary::inverseNormal,
                    CheckedFunction::inverseNormal,
                    4,
                    Float.NaN,
                    -INFINITY,
                    -INFINITY,
                    Float.NaN));

    /** A function of an array. */
    interface Kernel {
        /** Computes the n elements of y from those of x. */
        void apply(int n, float[] x, int xOffset, float[] y, int yOffset);
    }

    private static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    private static double inverseNormal(double p) {
        return p >= 0 && p <= 1 ? NORMAL.inverseCumulativeProbability(p) : Double.NaN;
    }
}
