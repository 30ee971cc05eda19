package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all layers that draw random numbers have in common. Each is affine in its input: y = f·x + c, element by element. */
class RandomLayerTest {
    private final Team team = new Team(1);
    private final Pass pass = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    static Stream<Named<Supplier<Layer<?>>>> layers() {
        return Stream.of(
                Named.of("dropout", () -> new Dropout(0.4f)),
                Named.of("spatial dropout", () -> new SpatialDropout(0.4f)),
                Named.of("alpha dropout", () -> new AlphaDropout(0.3f)),
                Named.of("Gaussian dropout", () -> new GaussianDropout(0.4f)),
                Named.of("Gaussian noise", () -> new GaussianNoise(0.7f)));
    }

    private static Layer<?> built(Supplier<Layer<?>> made, Shape shape, long seed, String name) {
        Layer<?> layer = made.get();
        layer.build(name, shape, seed);
        return layer;
    }

    private float[] forward(Layer<?> layer, Pass by, int rows, float[] x) {
        return Arrays.copyOf(layer.forward(by, rows, x), rows * layer.outputs());
    }

    /** What becomes of a constant input. */
    private float[] constant(Layer<?> layer, int rows, int step, float value) {
        float[] x = new float[rows * layer.inputs()];
        Arrays.fill(x, value);
        pass.step(step);
        return forward(layer, pass, rows, x);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void backwardIsTheDerivativeOfForward(Supplier<Layer<?>> made) {
        for (Shape shape : new Shape[] {Shape.of(7, 5), Shape.of(1, 1), Shape.of(3, 4, 11)}) {
            for (int rows : new int[] {1, 9}) {
                Layer<?> layer = built(made, shape, 5, "layer");
                float[] offset = constant(layer, rows, 3, 0);
                float[] sum = constant(layer, rows, 3, 1);
                float[] x = random(1, offset.length, 1);
                float[] dy = random(2, x.length, 1);
                double[] wideX = doubles(x, x.length);
                double[] wideDy = doubles(dy, dy.length);
                double[] y = affine(wideX, offset, sum);
                assertClose(y, forward(layer, pass, rows, x), 2e-6, "y");
                double[] expected = gradient(wideX, () -> dot(affine(wideX, offset, sum), wideDy));
                assertClose(expected, layer.backward(pass, rows, x, dy, true), 1e-5, "dx");
                assertNull(layer.backward(pass, rows, x, dy, false));
            }
        }
    }

    private static double[] affine(double[] x, float[] atZero, float[] atOne) {
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> atZero[i] + ((double) atOne[i] - atZero[i]) * x[i]);
        return y;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void theNumbersDependOnStepNameAndSeedAlone(Supplier<Layer<?>> made) {
        Shape shape = Shape.of(2, 50);
        float[] numbers = constant(built(made, shape, 5, "a"), 20, 4, 1);
        assertSameBits(numbers, constant(built(made, shape, 5, "a"), 20, 4, 1), "again");
        assertFalse(Arrays.equals(numbers, constant(built(made, shape, 5, "a"), 20, 5, 1)), "step");
        assertFalse(Arrays.equals(numbers, constant(built(made, shape, 5, "b"), 20, 4, 1)), "name");
        assertFalse(Arrays.equals(numbers, constant(built(made, shape, 6, "a"), 20, 4, 1)), "seed");
        float[] fewer = constant(built(made, shape, 5, "a"), 7, 4, 1);
        assertSameBits(Arrays.copyOf(numbers, fewer.length), fewer, "a smaller batch");
        float[] row = Arrays.copyOfRange(numbers, 100, 200);
        assertFalse(Arrays.equals(Arrays.copyOf(numbers, 100), row), "row");
    }

    @ParameterizedTest
    @MethodSource("layers")
    void inferenceKeepsEverything(Supplier<Layer<?>> made) {
        float[] x = random(1, 300, 1);
        Layer<?> layer = built(made, Shape.of(3, 10), 5, "a");
        assertSameBits(x, forward(layer, new Pass(team, false), 10, x), "y");
        assertSameBits(x, forward(layer.share(), new Pass(team, false), 10, x), "y of a twin");
        assertTrue(layer.stochastic());
        assertTrue(layer.parameters().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void theGradientIsThatOfTheMode(Supplier<Layer<?>> made) {
        float[] x = random(1, 300, 1);
        float[] dy = random(2, 300, 1);
        Layer<?> layer = built(made, Shape.of(3, 10), 5, "a");
        Pass inference = new Pass(team, false);
        layer.forward(inference, 10, x);
        assertSameBits(dy, layer.backward(inference, 10, x, dy.clone(), true), "inference");
        float[] whole = new float[30 * 266];
        Arrays.fill(whole, 1);
        layer.forward(pass, 266, whole);
        float[] expected =
                Arrays.copyOfRange(layer.backward(pass, 266, whole, whole.clone(), true), 30 * 256, 30 * 266);
        Pass sampling = Pass.sampling(team);
        sampling.firstRow(256);
        float[] part = Arrays.copyOf(whole, 300);
        layer.forward(sampling, 10, part);
        assertSameBits(expected, layer.backward(sampling, 10, part, part.clone(), true), "a later part of a sample");
    }

    @ParameterizedTest
    @MethodSource("layers")
    void samplingDrawsAsTrainingDoes(Supplier<Layer<?>> made) {
        float[] x = random(1, 300, 1);
        Layer<?> layer = built(made, Shape.of(3, 10), 5, "a");
        Pass sampling = Pass.sampling(team);
        sampling.step(8);
        pass.step(8);
        assertSameBits(forward(layer, pass, 10, x), forward(layer.share(), sampling, 10, x), "y of a twin");
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aBatchInPartsDrawsWhatTheWholeDraws(Supplier<Layer<?>> made) {
        int rows = 520;
        Layer<?> layer = built(made, Shape.of(3, 5), 5, "a");
        float[] x = random(1, rows * 15, 1);
        Pass sampling = Pass.sampling(team);
        float[] whole = forward(layer, sampling, rows, x);
        for (int from : new int[] {0, 256, 512}) {
            int n = Math.min(256, rows - from);
            sampling.firstRow(from);
            float[] part = forward(layer, sampling, n, Arrays.copyOfRange(x, from * 15, (from + n) * 15));
            assertSameBits(Arrays.copyOfRange(whole, from * 15, (from + n) * 15), part, "from row " + from);
        }
    }

    @Tag("bits")
    @Tag("jit")
    @ParameterizedTest
    @MethodSource("layers")
    void anyNumberOfThreadsDrawsTheSame(Supplier<Layer<?>> made) {
        int rows = 331;
        float[] x = random(1, rows * 287, 1);
        float[] dy = random(2, x.length, 1);
        float[][] expected = new float[2][];
        for (int threads = 1; threads <= 3; threads++) {
            try (Team many = new Team(threads)) {
                Layer<?> layer = built(made, Shape.of(7, 41), 5, "a");
                Pass by = new Pass(many, true);
                float[] y = forward(layer, by, rows, x);
                float[] dx = Arrays.copyOf(layer.backward(by, rows, x, dy.clone(), true), x.length);
                if (threads == 1) {
                    expected = new float[][] {y, dx};
                }
                assertSameBits(expected[0], y, "y, threads " + threads);
                assertSameBits(expected[1], dx, "dx, threads " + threads);
            }
        }
    }

    @Test
    void withoutStrengthTheyAreTheIdentityInTrainingToo() {
        float[] x = random(1, 300, 1);
        for (Layer<?> layer : new Layer<?>[] {
            new Dropout(0), new SpatialDropout(0), new AlphaDropout(0), new GaussianDropout(0), new GaussianNoise(0)
        }) {
            layer.build("a", Shape.of(3, 10), 1);
            assertSameBits(x, forward(layer, pass, 10, x), layer.toString());
        }
    }

    @Test
    void whatBecomesOfOnesHasMeanOneAndTheVarianceOfTheDefinition() {
        assertMoments("Gaussian dropout", new GaussianDropout(0.3f), 1, 0.3 / 0.7);
        assertMoments("Gaussian noise", new GaussianNoise(0.4f), 1, 0.16);
        assertMoments("dropout", new Dropout(0.3f), 1, 0.3 / 0.7);
    }

    /** Mean and variance of what becomes of ones, within five standard errors of 60,000 numbers. */
    private void assertMoments(String what, Layer<?> layer, double mean, double variance) {
        layer.build("a", Shape.of(100), 1);
        float[] y = constant(layer, 600, 2, 1);
        double sum = 0;
        double squares = 0;
        for (float v : y) {
            sum += v;
            squares += (v - mean) * (v - mean);
        }
        assertEquals(mean, sum / y.length, 5 * Math.sqrt(variance / y.length), what + ": mean");
        assertEquals(variance, squares / y.length, 5 * variance * Math.sqrt(2.0 / y.length), what + ": variance");
    }

    @Test
    void ratesAreChecked() {
        for (float rate : new float[] {-0.001f, 1.001f, Float.NaN}) {
            refused("SpatialDropout: rate is " + rate + "; it is the probability", () -> new SpatialDropout(rate));
            refused("AlphaDropout: rate is " + rate + "; it is the probability", () -> new AlphaDropout(rate));
            refused("GaussianDropout: rate is " + rate + "; it is the probability", () -> new GaussianDropout(rate));
        }
        refused("AlphaDropout: rate is 1.0E-7; masks have 16 bits", () -> new AlphaDropout(1e-7f));
        refused("AlphaDropout: rate is 1, where its formula divides by 0; use a rate", () -> new AlphaDropout(1));
        refused("GaussianDropout: rate is 1, where its formula divides by 0; use", () -> new GaussianDropout(1));
        for (float deviation : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
            refused(
                    "GaussianNoise: the standard deviation is " + deviation + "; it must be finite and not negative",
                    () -> new GaussianNoise(deviation));
        }
    }

    private static void refused(String start, Supplier<Layer<?>> made) {
        Exception e = assertThrows(IllegalArgumentException.class, made::get);
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
    }

    @Test
    void theySayWhatTheyDo() {
        assertEquals("rate 0.5", new Dropout(0.5f).effect());
        assertEquals("rate 0.5 of the channels", new SpatialDropout(0.5f).effect());
        assertEquals("rate 0.5", new AlphaDropout(0.5f).effect());
        assertEquals("rate 0.5", new GaussianDropout(0.5f).effect());
        assertEquals("standard deviation 0.5", new GaussianNoise(0.5f).effect());
    }
}
