package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.random;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.WeightElimination;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fused loops against the one-element reference, bit for bit, for every penalty and projection. */
class UpdateTest {
    /** A user's own penalty, which the library has never heard of. */
    record SmoothAbsolute(float lambda) implements Regularizer {
        @Override
        public double value(float w) {
            return lambda * Math.sqrt(1 + (double) w * w);
        }

        @Override
        public float gradient(float w) {
            return lambda * w / (float) Math.sqrt(1 + w * w);
        }
    }

    /** A user's own constraint. */
    record AtLeast(float min) implements Constraint {
        @Override
        public float project(float w) {
            return Math.max(min, w);
        }
    }

    private static final List<PenaltyGradient> PENALTIES = List.of(
            PenaltyGradient.NONE,
            new L1(0.01f),
            new L2(0.02f),
            new ElasticNet(0.01f, 0.03f),
            new WeightElimination(0.05f, 0.7f),
            new ProximalL1(0.06f),
            new SmoothAbsolute(0.04f));

    private static final List<WeightProjection> PROJECTIONS =
            List.of(WeightProjection.NONE, new MaxWeight(0.8f), new MaxNorm(2), new NonNegative(), new AtLeast(-0.1f));

    static Stream<Arguments> pairs() {
        return PENALTIES.stream().flatMap(p -> PROJECTIONS.stream().map(q -> Arguments.of(p, q)));
    }

    /** The four arrays of an update, with canaries around from..to-1. */
    private record Arrays(int from, int to, float[] g, float[] m, float[] v, float[] w) {
        static Arrays of(int from, int to, boolean extreme) {
            return new Arrays(
                    from,
                    to,
                    framed(1, from, to, extreme),
                    framed(2, from, to, extreme),
                    framed(3, from, to, extreme),
                    framed(4, from, to, extreme));
        }

        private static float[] framed(long seed, int from, int to, boolean extreme) {
            float[] values = canaries(to + 7);
            float[] drawn = extreme ? special(seed, to - from) : random(seed, to - from, 1);
            System.arraycopy(drawn, 0, values, from, to - from);
            return values;
        }

        Arrays copy() {
            return new Arrays(from, to, g.clone(), m.clone(), v.clone(), w.clone());
        }

        void assertSame(Arrays actual, String what) {
            assertSameBits(g, actual.g, what + " g");
            assertSameBits(m, actual.m, what + " m");
            assertSameBits(v, actual.v, what + " v");
            assertSameBits(w, actual.w, what + " w");
        }
    }

    private static List<Arrays> inputs() {
        List<Arrays> inputs = new ArrayList<>();
        for (int n : new int[] {0, 1, 3, 15, 16, 17, 31, 33, 67}) {
            for (int from : new int[] {0, 5}) {
                inputs.add(Arrays.of(from, from + n, false));
                inputs.add(Arrays.of(from, from + n, true));
            }
        }
        return inputs;
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("pairs")
    void sgdEqualsTheReference(PenaltyGradient penalty, WeightProjection projection) {
        for (Arrays start : inputs()) {
            Arrays expected = start.copy();
            for (int i = start.from; i < start.to; i++) {
                expected.w[i] = dev.ridgeline.kernel.reference.Update.sgd(
                        0.1f, 0.7f, penalty, projection, expected.g[i], expected.w[i]);
            }
            Arrays actual = start.copy();
            Update.sgd(penalty, projection)
                    .step(0.1f, 0.7f, penalty, projection, start.from, start.to, actual.g, actual.w);
            expected.assertSame(actual, penalty + " " + projection);
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("pairs")
    void momentumEqualsTheReference(PenaltyGradient penalty, WeightProjection projection) {
        for (boolean nesterov : new boolean[] {false, true}) {
            for (Arrays start : inputs()) {
                Arrays expected = start.copy();
                for (int i = start.from; i < start.to; i++) {
                    float[] state = {expected.v[i], expected.w[i]};
                    dev.ridgeline.kernel.reference.Update.momentum(
                            nesterov, 0.1f, 0.9f, 0.7f, penalty, projection, expected.g[i], state);
                    expected.v[i] = state[0];
                    expected.w[i] = state[1];
                }
                Arrays actual = start.copy();
                Update.momentum(nesterov, penalty, projection)
                        .step(
                                0.1f,
                                0.9f,
                                0.7f,
                                penalty,
                                projection,
                                start.from,
                                start.to,
                                actual.g,
                                actual.v,
                                actual.w);
                expected.assertSame(actual, penalty + " " + projection + " nesterov " + nesterov);
            }
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("pairs")
    void adamEqualsTheReference(PenaltyGradient penalty, WeightProjection projection) {
        for (Arrays start : inputs()) {
            Arrays expected = start.copy();
            Arrays actual = start.copy();
            adamReference(penalty, projection, expected);
            Update.adam(penalty, projection)
                    .step(
                            0.01f,
                            30,
                            0.1f,
                            0.999f,
                            0.001f,
                            1e-8f,
                            0.99f,
                            0.02f,
                            0.7f,
                            penalty,
                            projection,
                            start.from,
                            start.to,
                            actual.g,
                            actual.m,
                            actual.v,
                            actual.w);
            expected.assertSame(actual, penalty + " " + projection);
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("pairs")
    void rmsPropEqualsTheReference(PenaltyGradient penalty, WeightProjection projection) {
        for (Arrays start : inputs()) {
            Arrays expected = start.copy();
            for (int i = start.from; i < start.to; i++) {
                float[] state = {expected.v[i], expected.w[i]};
                dev.ridgeline.kernel.reference.Update.rmsProp(
                        0.01f, 0.9f, 0.1f, 1e-8f, 0.7f, penalty, projection, expected.g[i], state);
                expected.v[i] = state[0];
                expected.w[i] = state[1];
            }
            Arrays actual = start.copy();
            Update.rmsProp(penalty, projection)
                    .step(
                            0.01f,
                            0.9f,
                            0.1f,
                            1e-8f,
                            0.7f,
                            penalty,
                            projection,
                            start.from,
                            start.to,
                            actual.g,
                            actual.v,
                            actual.w);
            expected.assertSame(actual, penalty + " " + projection);
        }
    }

    private static void adamReference(PenaltyGradient penalty, WeightProjection projection, Arrays a) {
        for (int i = a.from; i < a.to; i++) {
            float[] state = {a.m[i], a.v[i], a.w[i]};
            dev.ridgeline.kernel.reference.Update.adam(
                    0.01f, 30, 0.1f, 0.999f, 0.001f, 1e-8f, 0.99f, 0.02f, 0.7f, penalty, projection, a.g[i], state);
            a.m[i] = state[0];
            a.v[i] = state[1];
            a.w[i] = state[2];
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("pairs")
    void activityEqualsTheReference(PenaltyGradient penalty, WeightProjection unused) {
        for (Arrays start : inputs()) {
            Arrays expected = start.copy();
            for (int i = start.from; i < start.to; i++) {
                expected.g[i] =
                        dev.ridgeline.kernel.reference.Update.activity(0.25f, penalty, expected.w[i], expected.g[i]);
            }
            Arrays actual = start.copy();
            Update.activity(penalty).add(0.25f, penalty, start.from, start.to, actual.w, actual.g);
            expected.assertSame(actual, penalty.toString());
        }
    }

    /** The compiled loop, vectorised by C2, gives the bits that the interpreter gave. */
    @Tag("bits")
    @Tag("jit")
    @ParameterizedTest
    @MethodSource("pairs")
    void compiledLoopsKeepTheirBits(PenaltyGradient penalty, WeightProjection projection) {
        Arrays start = Arrays.of(3, 3 + 517, true);
        Arrays adam = start.copy();
        adamReference(penalty, projection, adam);
        float[] sgd = start.w.clone();
        for (int i = start.from; i < start.to; i++) {
            sgd[i] = dev.ridgeline.kernel.reference.Update.sgd(0.1f, 0.7f, penalty, projection, start.g[i], sgd[i]);
        }
        Update.Adam adamLoop = Update.adam(penalty, projection);
        Update.Sgd sgdLoop = Update.sgd(penalty, projection);
        Arrays actual = start.copy();
        for (int round = 0; round < 3000; round++) {
            restore(start, actual);
            adamLoop.step(
                    0.01f,
                    30,
                    0.1f,
                    0.999f,
                    0.001f,
                    1e-8f,
                    0.99f,
                    0.02f,
                    0.7f,
                    penalty,
                    projection,
                    start.from,
                    start.to,
                    actual.g,
                    actual.m,
                    actual.v,
                    actual.w);
            if (round % 500 < 2) {
                adam.assertSame(actual, "adam " + penalty + " " + projection + " round " + round);
            }
            System.arraycopy(start.w, 0, actual.w, 0, start.w.length);
            sgdLoop.step(0.1f, 0.7f, penalty, projection, start.from, start.to, actual.g, actual.w);
            if (round % 500 < 2) {
                assertSameBits(sgd, actual.w, "sgd " + penalty + " " + projection + " round " + round);
            }
        }
    }

    /** A weight whose gradient has become 0: its moments shrink until they are 0 or rest, but not at subnormal numbers. */
    @Test
    void momentsOfADeadWeightDoNotBecomeSubnormal() {
        PenaltyGradient none = PenaltyGradient.NONE;
        WeightProjection free = WeightProjection.NONE;
        float[] g = {0};
        float[] w = {1};
        for (float start : new float[] {1e-3f, -1e-3f}) {
            float[] m = {start};
            float[] v = {start * start};
            float[] mean = {start * start};
            float[] momentum = {start};
            float[] nesterov = {start};
            for (int step = 0; step < 200_000; step++) {
                Update.adam(none, free)
                        .step(1e-5f, 1, 0.1f, 0.999f, 0.001f, 1e-8f, 1, 0, 1, none, free, 0, 1, g, m, v, w);
                Update.rmsProp(none, free).step(1e-5f, 0.99f, 0.01f, 1e-8f, 1, none, free, 0, 1, g, mean, w);
                Update.momentum(false, none, free).step(1e-5f, 0.9f, 1, none, free, 0, 1, g, momentum, w);
                Update.momentum(true, none, free).step(1e-5f, 0.9f, 1, none, free, 0, 1, g, nesterov, w);
            }
            for (float[] state : List.of(m, v, mean, momentum, nesterov)) {
                float rest = Math.abs(state[0]);
                assertTrue(rest == 0 || 1e-5f * rest >= Float.MIN_NORMAL, "nor does a small rate times it: " + rest);
                assertTrue(rest < 1e-20f, "it has shrunk: " + rest);
            }
        }
    }

    /** What moves a weight is not touched: from 10⁻¹⁶ on the update keeps every bit. */
    @Test
    void settlingChangesNothingThatMatters() {
        for (float x : new float[] {0, 1e-16f, -1e-16f, Math.nextUp(0x1p-55f), -0x1p-55f, 0.1f, 3e38f}) {
            assertEquals(x, Update.settled(x));
        }
        for (float x : new float[] {Float.MIN_VALUE, -1e-40f, 1e-33f, -1e-30f, 7e-25f, -3.3e-24f}) {
            assertEquals(x, Update.settled(x), Math.max(1e-31f, Math.ulp(x)));
        }
        assertTrue(Float.isNaN(Update.settled(Float.NaN)));
        assertEquals(Float.NEGATIVE_INFINITY, Update.settled(Float.NEGATIVE_INFINITY));
    }

    private static void restore(Arrays from, Arrays to) {
        System.arraycopy(from.m, 0, to.m, 0, from.m.length);
        System.arraycopy(from.v, 0, to.v, 0, from.v.length);
        System.arraycopy(from.w, 0, to.w, 0, from.w.length);
    }

    @Test
    void noPenaltyAndNoProjectionChangeNoBit() {
        for (float w : new float[] {0f, -0f, 1, -1e-42f, Float.MIN_VALUE, 3e38f}) {
            assertEquals(
                    Float.floatToRawIntBits(w),
                    Float.floatToRawIntBits(w + PenaltyGradient.NONE.gradient(w)),
                    () -> "penalty at " + w);
            assertEquals(
                    Float.floatToRawIntBits(w),
                    Float.floatToRawIntBits(WeightProjection.NONE.project(w)),
                    () -> "projection at " + w);
        }
    }

    @Test
    void eachPairOfClassesHasALoopOfItsOwn() {
        Set<Class<?>> loops = new HashSet<>();
        int pairs = 0;
        for (PenaltyGradient penalty : PENALTIES) {
            for (WeightProjection projection : PROJECTIONS) {
                loops.add(Update.sgd(penalty, projection).getClass());
                loops.add(Update.momentum(false, penalty, projection).getClass());
                loops.add(Update.momentum(true, penalty, projection).getClass());
                loops.add(Update.adam(penalty, projection).getClass());
                loops.add(Update.rmsProp(penalty, projection).getClass());
                pairs++;
            }
        }
        assertEquals(5 * pairs, loops.size());
        assertTrue(loops.stream().allMatch(Class::isHidden));
    }

    @Test
    void instancesOfOneClassShareALoop() {
        assertSame(
                Update.sgd(new L1(0.1f), new MaxWeight(1)).getClass(),
                Update.sgd(new L1(0.2f), new MaxWeight(2)).getClass());
        assertNotSame(
                Update.sgd(new L1(0.1f), new MaxWeight(1)).getClass(),
                Update.sgd(new L1(0.1f), WeightProjection.NONE).getClass());
        assertNotSame(
                Update.activity(new L1(1)).getClass(),
                Update.activity(new L2(1)).getClass());
    }

    @Test
    void aLoopServesAnotherInstanceOfItsClasses() {
        float[] w = {1, -1};
        Update.sgd(new L1(0.5f), WeightProjection.NONE)
                .step(1, 1, new L1(0.25f), WeightProjection.NONE, 0, 2, new float[2], w);
        assertSameBits(new float[] {0.75f, -0.75f}, w, "w");
    }

    @Test
    void aLambdaIsAPenaltyToo() {
        PenaltyGradient cubic = w -> w * w * w;
        float[] w = {2};
        Update.sgd(cubic, WeightProjection.NONE).step(0.125f, 1, cubic, WeightProjection.NONE, 0, 1, new float[1], w);
        assertEquals(1, w[0]);
    }
}
