package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterleavedTest {
    private static final int SURPLUS = 5;

    /** Sizes, with canaries after each array. */
    private record Case(int rows, int inputs, int models, boolean extreme) {
        float[] values(long seed, int n) {
            float[] values = canaries(n + SURPLUS);
            System.arraycopy(extreme ? special(seed, n) : random(seed, n, 2), 0, values, 0, n);
            return values;
        }

        float[] units(long seed) {
            return values(seed, rows * inputs * models);
        }

        float[] weights(long seed) {
            return values(seed, inputs * models);
        }

        float[] outputs(long seed) {
            return values(seed, rows * models);
        }

        int[] labels() {
            int[] labels = new int[rows + 1];
            for (int r = 0; r < rows; r++) {
                labels[r + 1] = r % 3 == 0 ? 1 : 0;
            }
            return labels;
        }
    }

    static Stream<Case> cases() {
        Stream.Builder<Case> cases = Stream.builder();
        for (int models : new int[] {0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 48, 50, 96}) {
            cases.add(new Case(5, 3, models, false));
            cases.add(new Case(2, 4, models, true));
        }
        cases.add(new Case(0, 3, 16, false));
        cases.add(new Case(3, 0, 33, false));
        cases.add(new Case(1, 1, 16, true));
        cases.add(new Case(13, 15, 37, false));
        return cases.build();
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void unitsEqualTheReference(Case c) {
        float[] expected = canaries(c.outputs(1).length);
        float[] actual = canaries(c.outputs(1).length);
        float[] bias = c.values(3, c.models);
        dev.ridgeline.kernel.reference.Interleaved.units(
                c.rows, c.inputs, c.models, 0, c.units(1), c.weights(2), bias, expected);
        Interleaved.units(c.rows, c.inputs, c.models, c.units(1), c.weights(2), bias, actual);
        assertSameBits(expected, actual, "y");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void crossEntropyGradientIsThatOfEachModelAlone(Case c) {
        float[] logits = c.outputs(4);
        float[] actual = logits.clone();
        Interleaved.crossEntropyGradient(c.rows, c.models, 1f / Math.max(1, c.rows), c.labels(), 1, actual);
        float[] expected = logits.clone();
        for (int m = 0; m < c.models; m++) {
            float[] alone = new float[c.rows];
            for (int r = 0; r < c.rows; r++) {
                alone[r] = logits[r * c.models + m];
            }
            Losses.binaryCrossEntropy(c.rows, alone, 0, c.labels(), 1, new float[c.rows], 0, alone, 0);
            for (int r = 0; r < c.rows; r++) {
                expected[r * c.models + m] = alone[r];
            }
        }
        assertSameBits(expected, actual, "dz");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void tanhUnitsGradientEqualsTheReference(Case c) {
        float[][] expected = {c.weights(5), c.units(1)};
        float[][] actual = {c.weights(5), c.units(1)};
        dev.ridgeline.kernel.reference.Interleaved.tanhUnitsGradient(
                c.rows, c.inputs, c.models, 0, c.outputs(4), c.weights(2), expected[0], expected[1]);
        Interleaved.tanhUnitsGradient(c.rows, c.inputs, c.models, c.outputs(4), c.weights(2), actual[0], actual[1]);
        assertSameBits(expected[0], actual[0], "dw");
        assertSameBits(expected[1], actual[1], "dx");
    }

    @Test
    void aModelOfManyGetsTheBitsOfOneAlone() {
        int rows = 7;
        int inputs = 5;
        int models = 19;
        float[] a = random(1, rows * inputs * models, 1);
        float[] w = random(2, inputs * models, 1);
        float[] bias = random(3, models, 1);
        a[models] = Float.NaN; // unit 1 of row 0 of model 0
        float[] y = new float[rows * models];
        Interleaved.units(rows, inputs, models, a, w, bias, y);
        for (int m = 1; m < models; m++) {
            float[] alone = new float[rows];
            Gemm.nn(
                    rows,
                    1,
                    inputs,
                    false,
                    every(a, m, models),
                    0,
                    inputs,
                    every(w, m, models),
                    0,
                    1,
                    bias,
                    m,
                    new GemmScratch(),
                    alone,
                    0,
                    1);
            assertSameBits(alone, every(y, m, models), "model " + m);
        }
    }

    private static float[] every(float[] interleaved, int model, int models) {
        float[] values = new float[interleaved.length / models];
        for (int i = 0; i < values.length; i++) {
            values[i] = interleaved[i * models + model];
        }
        return values;
    }

    /** The gradient against central differences of Σ dy·(Σ_h tanh(x_h)·w_h) in double. */
    @Test
    void theGradientIsTheDerivative() {
        int rows = 3;
        int inputs = 4;
        int models = 17;
        float[] x = random(1, rows * inputs * models, 2);
        float[] w = random(2, inputs * models, 1);
        float[] dy = random(3, rows * models, 1);
        float[] a = new float[x.length];
        Elementary.tanh(x.length, x, 0, a, 0);
        float[] dw = new float[w.length];
        Interleaved.tanhUnitsGradient(rows, inputs, models, dy, w, dw, a);
        double[] dx = new double[x.length];
        double[] dWeights = new double[w.length];
        double h = 1e-6;
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < inputs; i++) {
                for (int m = 0; m < models; m++) {
                    int unit = (r * inputs + i) * models + m;
                    int weight = i * models + m;
                    double g = dy[r * models + m];
                    dx[unit] = g * w[weight] * (Math.tanh(x[unit] + h) - Math.tanh(x[unit] - h)) / (2 * h);
                    dWeights[weight] += g * Math.tanh(x[unit]);
                }
            }
        }
        assertClose(dx, a, 1e-5, "dx");
        assertClose(dWeights, dw, 1e-5, "dw");
        float[] twice = Arrays.copyOf(dw, dw.length);
        Elementary.tanh(x.length, x, 0, a, 0);
        Interleaved.tanhUnitsGradient(rows, inputs, models, dy, w, twice, a);
        double[] doubled = Arrays.stream(doubles(dw, dw.length)).map(v -> 2 * v).toArray();
        assertClose(doubled, twice, 1e-6, "dw added twice");
    }

    @Test
    void refusesWhatDoesNotFit() {
        IllegalArgumentException negative = assertThrows(
                IllegalArgumentException.class,
                () -> Interleaved.units(1, -2, 3, new float[9], new float[9], new float[9], new float[9]));
        assertEquals("Interleaved: rows = 1, inputs = -2, models = 3; none may be negative", negative.getMessage());
        float[] six = new float[6];
        float[] five = new float[5];
        assertThrows(IndexOutOfBoundsException.class, () -> Interleaved.units(1, 2, 3, five, six, six, six));
        assertThrows(IndexOutOfBoundsException.class, () -> Interleaved.units(1, 2, 3, six, five, six, six));
        assertThrows(IndexOutOfBoundsException.class, () -> Interleaved.units(1, 1, 6, six, six, five, six));
        assertThrows(IndexOutOfBoundsException.class, () -> Interleaved.units(2, 1, 3, six, six, six, five));
        assertThrows(
                IndexOutOfBoundsException.class, () -> Interleaved.tanhUnitsGradient(1, 2, 3, six, six, five, six));
        assertThrows(
                IllegalArgumentException.class,
                () -> Interleaved.crossEntropyGradient(1, 2, 1, new int[] {2}, 0, new float[2]));
        assertThrows(ArithmeticException.class, () -> Interleaved.units(1 << 16, 1 << 16, 1, six, six, six, six));
    }
}
