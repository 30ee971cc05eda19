package dev.ridgeline.regularizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The penalties by their formulas, in double. */
class RegularizerTest {

    /** A penalty, its value and its derivative. */
    record Formula(Regularizer penalty, DoubleUnaryOperator value, DoubleUnaryOperator gradient) {
        @Override
        public String toString() {
            return penalty.toString();
        }
    }

    private static Formula l1(float lambda) {
        return new Formula(new L1(lambda), w -> lambda * Math.abs(w), w -> lambda * Math.signum(w));
    }

    private static Formula l2(float lambda) {
        return new Formula(new L2(lambda), w -> 0.5 * lambda * w * w, w -> (double) lambda * w);
    }

    private static Formula elasticNet(float l1, float l2) {
        return new Formula(
                new ElasticNet(l1, l2),
                w -> l1 * Math.abs(w) + 0.5 * l2 * w * w,
                w -> l1 * Math.signum(w) + (double) l2 * w);
    }

    private static Formula weightElimination(float lambda, float w0) {
        double scale = (double) w0 * w0;
        return new Formula(
                new WeightElimination(lambda, w0),
                w -> lambda * w * w / (scale + w * w),
                w -> 2 * lambda * w * scale / ((scale + w * w) * (scale + w * w)));
    }

    static Stream<Formula> formulas() {
        SplittableRandom random = new SplittableRandom(5);
        Stream.Builder<Formula> formulas = Stream.builder();
        formulas.add(l1(0)).add(l2(0)).add(elasticNet(0, 0)).add(weightElimination(0, 1));
        for (int i = 0; i < 25; i++) {
            float lambda = (float) Math.pow(10, random.nextDouble(-7, 1));
            float other = (float) Math.pow(10, random.nextDouble(-5, 2));
            formulas.add(l1(lambda))
                    .add(l2(lambda))
                    .add(elasticNet(lambda, other))
                    .add(weightElimination(lambda, other));
        }
        return formulas.build();
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void valueAndGradientFollowTheFormula(Formula formula) {
        SplittableRandom random = new SplittableRandom(6);
        float[] w = new float[2000];
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            w[i] = (float) ((i % 2 == 0 ? 1 : -1) * Math.pow(10, random.nextDouble(-20, 10)));
            close(formula.value.applyAsDouble(w[i]), formula.penalty.value(w[i]), 1e-12, w[i]);
            close(formula.gradient.applyAsDouble(w[i]), formula.penalty.gradient(w[i]), 1e-6, w[i]);
            sum += formula.value.applyAsDouble(w[i]);
        }
        close(sum, formula.penalty.sum(w, w.length), 1e-9, Float.NaN);
        close(formula.value.applyAsDouble(w[0]), formula.penalty.sum(w, 1), 1e-12, w[0]);
        assertEquals(0, formula.penalty.sum(w, 0));
    }

    private static void close(double expected, double actual, double tolerance, float w) {
        assertEquals(expected, actual, Math.max(tolerance * Math.abs(expected), 1e-30), () -> "at " + w);
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void nothingPullsAtZero(Formula formula) {
        for (float zero : new float[] {0f, -0f}) {
            assertEquals(0, formula.penalty.value(zero));
            assertEquals(0f, Math.abs(formula.penalty.gradient(zero)));
        }
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void theGradientIsOdd(Formula formula) {
        for (float w : new float[] {1e-30f, 0.003f, 1, 77, 1e10f}) {
            assertEquals(formula.penalty.gradient(w), -formula.penalty.gradient(-w));
            assertTrue(formula.penalty.gradient(w) >= 0);
        }
    }

    @Test
    void weightEliminationIsSteepestAtItsScaleOverRootThree() {
        WeightElimination penalty = new WeightElimination(1, 0.5f);
        float steepest = 0;
        for (float w = 0.01f; w < 2; w += 0.001f) {
            steepest = penalty.gradient(w) > penalty.gradient(steepest) ? w : steepest;
        }
        assertEquals(0.5 / Math.sqrt(3), steepest, 0.002);
        assertEquals(1, penalty.value(1e6f), 1e-9, "a large weight counts as one");
    }

    @Test
    void weightEliminationCountsTheWeightsInUse() {
        WeightElimination penalty = new WeightElimination(0.1f, 0.5f);
        assertEquals(0.5, penalty.effectiveWeights(new float[] {0.5f}));
        assertEquals(2, penalty.effectiveWeights(new float[] {1e6f, -1e6f, 1e-9f, 0}), 1e-9);
        float[] w = {0.1f, -0.7f, 3};
        assertEquals(penalty.sum(w, 3) / 0.1f, penalty.effectiveWeights(w), 1e-12);
    }

    @Test
    void onlyAProximalPenaltyHasNoGradient() {
        assertTrue(new L1(1).hasGradient() && new WeightElimination(1, 1).hasGradient());
        assertFalse(new ProximalL1(1).hasGradient());
    }

    static Stream<Arguments> factors() {
        return Stream.of(
                factor("L1", "lambda", L1::new),
                factor("L2", "lambda", L2::new),
                factor("ProximalL1", "lambda", ProximalL1::new),
                factor("ElasticNet", "l1", x -> new ElasticNet(x, 1)),
                factor("ElasticNet", "l2", x -> new ElasticNet(1, x)),
                factor("WeightElimination", "lambda", x -> new WeightElimination(x, 1)));
    }

    private static Arguments factor(String type, String name, Function<Float, Regularizer> make) {
        return Arguments.of(type, name, make);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("factors")
    void aFactorBelowZeroIsRefused(String type, String name, Function<Float, Regularizer> make) {
        for (float bad : List.of(-1e-9f, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> make.apply(bad));
            assertEquals(
                    type + ": " + name + " is " + bad + "; it must be a finite number of at least 0", e.getMessage());
        }
        make.apply(0f);
    }

    @Test
    void aScaleThatIsNotPositiveIsRefused() {
        for (float bad : List.of(0f, -1f, Float.NaN, Float.POSITIVE_INFINITY)) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> new WeightElimination(1, bad));
            assertTrue(e.getMessage().startsWith("WeightElimination: w0 is " + bad + "; it must be"), e.getMessage());
        }
    }

    /** Beyond, w0² is no float, and the gradient would be NaN. */
    @Test
    void aScaleWhoseSquareIsNoFloatIsRefused() {
        for (float bad : List.of(1e-25f, 1e25f)) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> new WeightElimination(1, bad));
            assertTrue(e.getMessage().startsWith("WeightElimination: w0 is " + bad + "; it must be"), e.getMessage());
        }
    }

    /** The steepest gradient is about 2λ/w0²: it must not overflow where weights are near w0. */
    @Test
    void aScaleIsRefusedWhereTheGradientIsNoFloat() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new WeightElimination(1e10f, 1e-15f));
        assertTrue(e.getMessage().startsWith("WeightElimination: w0 is 1.0E-15; it must be"), e.getMessage());
        assertEquals(Float.MAX_VALUE, 2 * new WeightElimination(Float.MAX_VALUE / 2, 1).lambda());
        float smallest = (float) Math.sqrt(Float.MIN_NORMAL);
        assertEquals(0.5, new WeightElimination(1, smallest).value(smallest));
    }
}
