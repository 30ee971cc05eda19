package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.dense;
import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.DoubleLayers.masked;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.kernel.Team;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DropConnect, on a dense layer and on convolutions. */
class WeightedLayerTest {
    private final Team team = new Team(1);
    private final Pass pass = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    private static Dense built(float rate, int inputs, int units) {
        Dense dense = new Dense(units).dropConnect(rate);
        dense.build("d", Shape.of(inputs), 7);
        dense.parameters().get(0).set(random(1, inputs * units, 1));
        dense.parameters().get(1).set(random(2, units, 1));
        return dense;
    }

    /** The factor of each weight at a step, as documented. */
    private static float[] mask(float rate, int weights, int step) {
        float[] mask = new float[weights];
        Arrays.fill(mask, 1);
        long key = RandomBits.key(7, "d/dropconnect");
        dev.ridgeline.kernel.Dropout.apply(0, weights, 0, rate, key, step, new int[RandomBits.WORDS], mask, mask);
        return mask;
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.5f, 0.9f, 1})
    void backwardIsTheDerivativeOfForward(float rate) {
        Dense dense = built(rate, 23, 13);
        check(dense, rate, 9, 4);
        check(dense, rate, 1, 5);
        check(dense, rate, 17, 6);
    }

    private void check(Dense dense, float rate, int rows, int step) {
        pass.step(step);
        int inputs = dense.inputs();
        int units = dense.outputs();
        float[] mask = mask(rate, inputs * units, step);
        float[] x = random(3, rows * inputs, 1);
        float[] dy = random(4, rows * units, 1);
        double[] wideX = doubles(x, x.length);
        double[] wideDy = doubles(dy, dy.length);
        double[] w = doubles(dense.parameters().get(0).value(), inputs * units);
        double[] b = doubles(dense.parameters().get(1).value(), units);
        assertClose(
                dense(rows, inputs, units, wideX, masked(w, mask), b),
                Arrays.copyOf(dense.forward(pass, rows, x), rows * units),
                1e-5,
                "y");
        DoubleSupplier loss = () -> dot(dense(rows, inputs, units, wideX, masked(w, mask), b), wideDy);
        float[] dx = Arrays.copyOf(dense.backward(pass, rows, x, dy, true), x.length);
        assertClose(gradient(wideX, loss), dx, 1e-5, "dx");
        assertClose(gradient(w, loss), dense.parameters().get(0).gradient(), 1e-5, "kernel");
        assertClose(gradient(b, loss), dense.parameters().get(1).gradient(), 1e-5, "bias");
        assertSameBits(random(1, inputs * units, 1), dense.parameters().get(0).value(), "the kernel itself");
    }

    /** A window as large as the row, and one of a single cell, see what a dense layer of the same name sees. */
    @Test
    void aConvolutionDropsAsADenseLayerDoes() {
        for (Shape shape : new Shape[] {Shape.of(3, 3, 2), Shape.of(1, 1, 18)}) {
            Dense dense = built(0.4f, 18, 5);
            Conv2D conv = new Conv2D(5, shape.sizes().get(0), shape.sizes().get(1)).dropConnect(0.4f);
            conv.build("d", shape, 7);
            conv.parameters().get(0).set(dense.parameters().get(0).value());
            conv.parameters().get(1).set(dense.parameters().get(1).value());
            float[] x = random(3, 11 * 18, 1);
            float[] dy = random(4, 11 * 5, 1);
            assertSameBits(dense.forward(pass, 11, x), conv.forward(pass, 11, x), "y");
            assertSameBits(
                    dense.backward(pass, 11, x, dy.clone(), true), conv.backward(pass, 11, x, dy.clone(), true), "dx");
            assertSameBits(
                    dense.parameters().get(0).gradient(),
                    conv.parameters().get(0).gradient(),
                    "dW");
            Pass inference = new Pass(team, false);
            assertSameBits(dense.forward(inference, 11, x), conv.share().forward(inference, 11, x), "inference");
        }
    }

    /** A weight that is 0 is not a weight that is dropped. */
    @Test
    void aZeroWeightThatIsKeptLearns() {
        Dense dense = built(0.5f, 30, 20);
        dense.parameters().get(0).set(new float[600]);
        float[] x = random(3, 30, 1);
        dense.forward(pass, 1, x);
        dense.backward(pass, 1, x, random(4, 20, 1), false);
        float[] mask = mask(0.5f, 600, 0);
        for (int i = 0; i < 600; i++) {
            assertEquals(mask[i] == 0, dense.parameters().get(0).gradient()[i] == 0, "weight " + i);
        }
    }

    @Test
    void inferenceUsesTheKernelAsItIs() {
        Dense plain = built(0, 23, 13);
        Dense dense = built(0.6f, 23, 13);
        float[] x = random(3, 46, 1);
        Pass inference = new Pass(team, false);
        float[] expected = Arrays.copyOf(plain.forward(inference, 2, x), 26);
        assertSameBits(expected, Arrays.copyOf(dense.forward(inference, 2, x), 26), "layer");
        assertSameBits(expected, Arrays.copyOf(dense.share().forward(inference, 2, x), 26), "twin");
        dense.forward(pass, 2, x);
        assertSameBits(expected, Arrays.copyOf(dense.forward(inference, 2, x), 26), "after training");
        float[] dy = random(4, 26, 1);
        assertSameBits(
                plain.backward(inference, 2, x, dy.clone(), true),
                dense.backward(inference, 2, x, dy.clone(), true),
                "dx of inference");
        assertSameBits(
                plain.parameters().get(0).gradient(), dense.parameters().get(0).gradient(), "dW of inference");
    }

    /** The mean over masks is the inference pass: within five standard errors of 4,000 masks. */
    @Test
    void theMeanOverTheMasksIsTheInferencePass() {
        Dense dense = built(0.3f, 40, 3);
        float[] x = random(3, 40, 1);
        float[] w = dense.parameters().get(0).value();
        double[] mean = new double[3];
        int masks = 4000;
        for (int step = 0; step < masks; step++) {
            pass.step(step);
            float[] y = dense.forward(pass, 1, x);
            for (int u = 0; u < 3; u++) {
                mean[u] += (double) y[u] / masks;
            }
        }
        float[] expected = dense.forward(new Pass(team, false), 1, x);
        for (int u = 0; u < 3; u++) {
            double variance = 0;
            for (int i = 0; i < 40; i++) {
                variance += 0.3 / 0.7 * Math.pow(x[i] * w[3 * i + u], 2);
            }
            assertEquals(expected[u], mean[u], 5 * Math.sqrt(variance / masks), "unit " + u);
        }
    }

    @Test
    void samplingDrawsAsTrainingDoesInATwinToo() {
        Dense dense = built(0.5f, 23, 13);
        float[] x = random(3, 46, 1);
        pass.step(11);
        Pass sampling = Pass.sampling(team);
        sampling.step(11);
        float[] expected = Arrays.copyOf(dense.forward(pass, 2, x), 26);
        assertSameBits(expected, Arrays.copyOf(dense.share().forward(sampling, 2, x), 26), "y");
        sampling.firstRow(256);
        assertSameBits(expected, Arrays.copyOf(dense.share().forward(sampling, 2, x), 26), "a later part");
    }

    @Tag("bits")
    @Tag("jit")
    @Test
    void anyNumberOfThreadsDropsTheSame() {
        float[] x = random(3, 40 * 301, 1);
        float[] dy = random(4, 40 * 203, 1);
        float[][] expected = null;
        for (int threads = 1; threads <= 3; threads++) {
            try (Team many = new Team(threads)) {
                Dense dense = built(0.5f, 301, 203);
                Pass by = new Pass(many, true);
                float[] y = Arrays.copyOf(dense.forward(by, 40, x), 40 * 203);
                float[] dx = Arrays.copyOf(dense.backward(by, 40, x, dy.clone(), true), x.length);
                float[][] actual = {y, dx, dense.parameters().get(0).gradient()};
                expected = expected == null ? actual : expected;
                for (int i = 0; i < actual.length; i++) {
                    assertSameBits(expected[i], actual[i], "array " + i + ", threads " + threads);
                }
            }
        }
    }

    @Test
    void saysWhatItDoes() {
        assertTrue(built(0.5f, 2, 2).stochastic());
        assertEquals("DropConnect rate 0.5", built(0.5f, 2, 2).effect());
        assertFalse(built(0, 2, 2).stochastic());
        assertEquals("", built(0, 2, 2).effect());
    }

    @Test
    void badRatesAreRefused() {
        Dense dense = new Dense(3).name("hidden");
        for (float rate : new float[] {-0.1f, 1.5f, Float.NaN}) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> dense.dropConnect(rate));
            assertEquals(
                    "Dense \"hidden\": DropConnect: rate is " + rate
                            + "; it is the probability of dropping and must be within 0 and 1",
                    e.getMessage());
        }
        Exception e = assertThrows(IllegalArgumentException.class, () -> dense.dropConnect(1e-6f));
        assertTrue(e.getMessage().contains("16 bits"), e.getMessage());
        assertThrows(IllegalStateException.class, () -> built(0, 2, 2).dropConnect(0.5f));
    }
}
