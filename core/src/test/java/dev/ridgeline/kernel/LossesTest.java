package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.random;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {
    private static int[] labels(long seed, int n, int classes) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] labels = new int[n];
        Arrays.setAll(labels, i -> random.nextInt(classes));
        return labels;
    }

    /** The sum as the contract has it: 64 lanes, folded by halves. */
    private static float treeSum(float[] values, int from, int n) {
        float[] lanes = new float[64];
        for (int j = 0; j < n; j++) {
            lanes[j % 64] += values[from + j];
        }
        for (int half = 32; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    @Tag("bits")
    @ParameterizedTest
    @CsvSource({"0,3", "1,1", "7,1", "5,2", "11,3", "13,10", "3,16", "3,17", "2,63", "2,64", "2,65", "2,131"})
    void softmaxEqualsTheReference(int rows, int columns) {
        int n = rows * columns;
        for (float[] x : new float[][] {random(1, n + 3, 9), special(2, n + 3)}) {
            float[] before = x.clone();
            float[] expected = canaries(n + 4);
            float[] actual = canaries(n + 4);
            dev.ridgeline.kernel.reference.Losses.softmax(rows, columns, x, 1, expected, 2);
            Losses.softmax(rows, columns, x, 1, actual, 2);
            assertSameBits(expected, actual, "softmax");
            assertSameBits(before, x, "x");

            float[] dy = special(3, n + 2);
            float[] dx = canaries(n + 1);
            float[] dxExpected = canaries(n + 1);
            dev.ridgeline.kernel.reference.Losses.softmaxGradient(rows, columns, actual, 2, dy, 1, dxExpected, 0);
            Losses.softmaxGradient(rows, columns, actual, 2, dy, 1, dx, 0);
            assertSameBits(dxExpected, dx, "dx");
            Losses.softmaxGradient(rows, columns, actual, 2, dy, 1, dy, 1);
            assertSameBits(Arrays.copyOf(dx, n), Arrays.copyOfRange(dy, 1, n + 1), "dx in place");

            Losses.softmax(rows, columns, x, 1, x, 1);
            System.arraycopy(expected, 2, before, 1, n);
            assertSameBits(before, x, "softmax in place");
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @CsvSource({"0,3", "1,1", "7,1", "5,2", "11,3", "13,10", "3,16", "3,17", "2,63", "2,64", "2,65", "2,131"})
    void softmaxCrossEntropyEqualsTheReference(int rows, int columns) {
        int n = rows * columns;
        int[] labels = labels(4, rows + 1, columns);
        for (float[] z : new float[][] {random(1, n + 3, 9), special(2, n + 3)}) {
            float[] before = z.clone();
            float[][] expected = {canaries(rows + 2), canaries(n + 4)};
            float[][] actual = {canaries(rows + 2), canaries(n + 4)};
            dev.ridgeline.kernel.reference.Losses.softmaxCrossEntropy(
                    rows, columns, z, 3, labels, 1, expected[0], 1, expected[1], 2);
            Losses.softmaxCrossEntropy(rows, columns, z, 3, labels, 1, actual[0], 1, actual[1], 2);
            assertSameBits(expected[0], actual[0], "loss");
            assertSameBits(expected[1], actual[1], "gradient");
            assertSameBits(before, z, "logits");

            float[] again = canaries(rows + 2);
            Losses.softmaxCrossEntropy(rows, columns, z, 3, labels, 1, again, 1, z, 3);
            assertSameBits(expected[0], again, "loss in place");
            System.arraycopy(expected[1], 2, before, 3, n);
            assertSameBits(before, z, "gradient in place");
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 37})
    void elementLossesEqualTheReference(int n) {
        int[] labels = labels(5, n + 2, 2);
        for (float[] z : new float[][] {random(1, n + 3, 30), special(2, n + 3)}) {
            float[][] expected = {canaries(n + 1), canaries(n + 2)};
            float[][] actual = {canaries(n + 1), canaries(n + 2)};
            dev.ridgeline.kernel.reference.Losses.binaryCrossEntropy(
                    n, z, 3, labels, 2, expected[0], 0, expected[1], 1);
            Losses.binaryCrossEntropy(n, z, 3, labels, 2, actual[0], 0, actual[1], 1);
            assertSameBits(expected[0], actual[0], "binary loss");
            assertSameBits(expected[1], actual[1], "binary gradient");

            float[] targets = special(9, n + 1);
            dev.ridgeline.kernel.reference.Losses.meanSquaredError(n, z, 3, targets, 1, expected[0], 0, expected[1], 1);
            Losses.meanSquaredError(n, z, 3, targets, 1, actual[0], 0, actual[1], 1);
            assertSameBits(expected[0], actual[0], "squared error");
            assertSameBits(expected[1], actual[1], "its gradient");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 10, 13, 16, 17, 40, 63, 64, 65, 100, 129, 300})
    void rowSumIsTheTreeOf64Lanes(int columns) {
        float[] x = random(columns, columns, 4);
        x[columns - 1] = 4; // the maximum
        float[] e = new float[columns];
        for (int j = 0; j < columns; j++) {
            e[j] = dev.ridgeline.kernel.reference.Elementary.exp(x[j] - 4);
        }
        float inverse = 1 / treeSum(e, 0, columns);
        for (int j = 0; j < columns; j++) {
            e[j] *= inverse;
        }
        float[] y = new float[columns];
        Losses.softmax(1, columns, x, 0, y, 0);
        assertSameBits(e, y, "softmax");

        // dy of one 1 leaves a single product, so the products' order is seen with exact ones: powers of two
        float[] dy = random(7, columns, 1);
        Arrays.fill(y, 0.5f);
        float[] products = new float[columns];
        for (int j = 0; j < columns; j++) {
            products[j] = 0.5f * dy[j];
        }
        float dot = treeSum(products, 0, columns);
        float[] dx = new float[columns];
        Losses.softmaxGradient(1, columns, y, 0, dy, 0, dx, 0);
        for (int j = 0; j < columns; j++) {
            assertEquals(0.5f * (dy[j] - dot), dx[j]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "4,2", "120,3", "32,10", "3,100"})
    void softmaxCrossEntropyFollowsTheFormula(int rows, int columns) {
        float[] z = random(11, rows * columns, 6);
        int[] labels = labels(12, rows, columns);
        double[] loss = new double[rows];
        double[] gradient = new double[rows * columns];
        double[] softmax = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += Math.exp(z[i * columns + j]);
            }
            loss[i] = Math.log(sum) - z[i * columns + labels[i]];
            for (int j = 0; j < columns; j++) {
                softmax[i * columns + j] = Math.exp(z[i * columns + j]) / sum;
                gradient[i * columns + j] = (softmax[i * columns + j] - (j == labels[i] ? 1 : 0)) / rows;
            }
        }
        float[] rowLoss = new float[rows];
        float[] actual = new float[rows * columns];
        Losses.softmaxCrossEntropy(rows, columns, z, 0, labels, 0, rowLoss, 0, actual, 0);
        assertClose(loss, rowLoss, 1e-6, "loss");
        assertClose(gradient, actual, 1e-6, "gradient");
        Losses.softmax(rows, columns, z, 0, actual, 0);
        assertClose(softmax, actual, 1e-6, "softmax");
    }

    @Test
    void softmaxGradientIsTheDerivative() {
        int columns = 7;
        float[] x = random(21, columns, 3);
        float[] y = new float[columns];
        float[] dy = random(22, columns, 2);
        float[] dx = new float[columns];
        Losses.softmax(1, columns, x, 0, y, 0);
        Losses.softmaxGradient(1, columns, y, 0, dy, 0, dx, 0);
        double[] expected = new double[columns];
        double h = 1e-5;
        for (int k = 0; k < columns; k++) {
            expected[k] = (objective(x, dy, k, h) - objective(x, dy, k, -h)) / (2 * h);
        }
        assertClose(expected, dx, 1e-6, "dx");
    }

    /** Σ dy·softmax(x + h at k). */
    private static double objective(float[] x, float[] dy, int k, double h) {
        double sum = 0;
        double weighted = 0;
        for (int j = 0; j < x.length; j++) {
            double e = Math.exp(x[j] + (j == k ? h : 0));
            sum += e;
            weighted += dy[j] * e;
        }
        return weighted / sum;
    }

    @Test
    void binaryCrossEntropyFollowsTheFormula() {
        int n = 500;
        float[] z = random(31, n, 40);
        int[] labels = labels(32, n, 2);
        float[] rowLoss = new float[n];
        float[] gradient = new float[n];
        Losses.binaryCrossEntropy(n, z, 0, labels, 0, rowLoss, 0, gradient, 0);
        for (int i = 0; i < n; i++) {
            double toward = labels[i] == 1 ? -z[i] : z[i];
            double loss = Math.log1p(Math.exp(toward));
            double slope = (labels[i] == 1 ? -1 : 1) / (1 + Math.exp(-toward)) / n;
            assertEquals(loss, rowLoss[i], 1e-6 * loss);
            assertEquals(slope, gradient[i], 1e-6 * Math.abs(slope));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,0.3", "4,2,0.1", "120,3,0.5", "32,10,0.001", "3,100,0.9", "7,5,1"})
    void smoothedSoftmaxCrossEntropyFollowsTheFormula(int rows, int columns, float smoothing) {
        float[] z = random(11, rows * columns + 1, 6);
        int[] labels = labels(12, rows + 1, columns);
        double[] loss = new double[rows];
        double[] gradient = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += Math.exp(z[1 + i * columns + j]);
            }
            for (int j = 0; j < columns; j++) {
                double target = (j == labels[1 + i] ? 1 - smoothing : 0) + (double) smoothing / columns;
                double logit = z[1 + i * columns + j];
                loss[i] += target * (Math.log(sum) - logit);
                gradient[i * columns + j] = (Math.exp(logit) / sum - target) / rows;
            }
        }
        float[] rowLoss = canaries(rows + 2);
        float[] actual = canaries(rows * columns + 3);
        Losses.softmaxCrossEntropy(rows, columns, z, 1, labels, 1, rowLoss, 1, actual, 2);
        Losses.smoothSoftmaxCrossEntropy(rows, columns, smoothing, z, 1, labels, 1, rowLoss, 1, actual, 2);
        assertClose(loss, Arrays.copyOfRange(rowLoss, 1, rows + 1), 1e-6, "loss");
        assertClose(gradient, Arrays.copyOfRange(actual, 2, rows * columns + 2), 1e-6, "gradient");
        float canary = canaries(1)[0];
        assertArrayEquals(new float[] {canary, canary}, new float[] {rowLoss[0], rowLoss[rows + 1]});
        assertArrayEquals(new float[] {canary, canary}, new float[] {actual[1], actual[rows * columns + 2]});
    }

    @ParameterizedTest
    @ValueSource(floats = {0.001f, 0.1f, 0.5f, 1})
    void smoothedBinaryCrossEntropyFollowsTheFormula(float smoothing) {
        int n = 101;
        float[] z = random(31, n + 1, 20);
        int[] labels = labels(32, n + 2, 2);
        double[] loss = new double[n];
        double[] gradient = new double[n];
        for (int i = 0; i < n; i++) {
            double logit = z[1 + i];
            double target = labels[2 + i] * (1.0 - smoothing) + smoothing / 2.0;
            loss[i] = Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit))) - target * logit;
            gradient[i] = (1 / (1 + Math.exp(-logit)) - target) / n;
        }
        float[] rowLoss = new float[n + 3];
        float[] actual = new float[n + 4];
        Losses.binaryCrossEntropy(n, z, 1, labels, 2, rowLoss, 3, actual, 4);
        Losses.smoothBinaryCrossEntropy(n, smoothing, z, 1, labels, 2, rowLoss, 3, actual, 4);
        assertClose(loss, Arrays.copyOfRange(rowLoss, 3, n + 3), 1e-6, "loss");
        assertClose(gradient, Arrays.copyOfRange(actual, 4, n + 4), 1e-6, "gradient");
    }

    @Test
    void smoothingRefusesWhatItCannotDo() {
        float[] z = new float[12];
        float[] g = new float[12];
        float[] loss = new float[4];
        int[] labels = new int[4];
        for (float smoothing : new float[] {-0.1f, 1.1f, Float.NaN}) {
            Exception e = assertThrows(
                    IllegalArgumentException.class,
                    () -> Losses.smoothSoftmaxCrossEntropy(4, 3, smoothing, z, 0, labels, 0, loss, 0, g, 0));
            assertEquals("smoothing: " + smoothing + " must be within 0 and 1", e.getMessage());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Losses.smoothBinaryCrossEntropy(4, smoothing, z, 0, labels, 0, loss, 0, g, 0));
        }
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> Losses.smoothSoftmaxCrossEntropy(4, 3, 0.1f, z, 0, labels, 0, loss, 0, z, 0));
        assertTrue(e.getMessage().contains("another array"), e.getMessage());
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Losses.smoothSoftmaxCrossEntropy(4, 3, 0.1f, z, 1, labels, 0, loss, 0, g, 0));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Losses.smoothBinaryCrossEntropy(4, 0.1f, z, 0, labels, 0, loss, 1, g, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> Losses.smoothBinaryCrossEntropy(1, 0.1f, z, 0, new int[] {2}, 0, loss, 0, g, 0));
    }

    @Test
    void meanSquaredErrorFollowsTheFormula() {
        float[] loss = new float[2];
        float[] gradient = new float[2];
        Losses.meanSquaredError(2, new float[] {3, -1}, 0, new float[] {1, 1.5f}, 0, loss, 0, gradient, 0);
        assertArrayEquals(new float[] {4, 6.25f}, loss);
        assertArrayEquals(new float[] {2, -2.5f}, gradient);
    }

    @Test
    void largeLogitsStayFinite() {
        float[] z = {1e30f, -1e30f, 0, 1000, 999, 0};
        float[] loss = new float[2];
        float[] gradient = new float[6];
        Losses.softmaxCrossEntropy(2, 3, z, 0, new int[] {0, 1}, 0, loss, 0, gradient, 0);
        assertEquals(0f, loss[0]);
        assertEquals(1 + Math.log1p(Math.exp(-1)), loss[1], 1e-6);
        assertSameBits(new float[] {0, 0, 0}, Arrays.copyOf(gradient, 3), "a certain row");
    }

    @Test
    void aNanSpoilsItsRowAlone() {
        float[] z = {1, 2, Float.NaN, 3, 2, 1};
        float[] loss = new float[2];
        float[] gradient = new float[6];
        Losses.softmaxCrossEntropy(2, 3, z, 0, new int[] {0, 1}, 0, loss, 0, gradient, 0);
        assertEquals(Float.NaN, loss[0]);
        assertEquals(Float.NaN, gradient[1]);
        assertTrue(loss[1] > 0 && gradient[3] > 0);
    }

    @Test
    void refusesLabelsThatAreNoClass() {
        float[] z = new float[12];
        float[] loss = new float[4];
        for (int wrong : new int[] {3, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> Losses.softmaxCrossEntropy(4, 3, z, 0, new int[] {0, 2, wrong, 1}, 0, loss, 0, z, 0));
            assertEquals("label " + wrong + " of sample 2 is not a class: labels are 0..2", e.getMessage());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> Losses.binaryCrossEntropy(2, z, 0, new int[] {1, 2}, 0, loss, 0, z, 0));
    }

    @Test
    void refusesWhatDoesNotFit() {
        float[] z = new float[12];
        float[] loss = new float[4];
        int[] labels = new int[4];
        assertThrows(IndexOutOfBoundsException.class, () -> Losses.softmax(4, 4, z, 0, new float[16], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Losses.softmax(4, 3, z, 0, z, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> Losses.softmax(4, 0, z, 0, z, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Losses.softmaxGradient(4, 3, z, 0, z, 0, new float[11], 0));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Losses.softmaxCrossEntropy(4, 3, z, 0, new int[3], 0, loss, 0, z, 0));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Losses.softmaxCrossEntropy(4, 3, z, 0, labels, 0, loss, 1, z, 0));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Losses.binaryCrossEntropy(4, z, 0, labels, 0, loss, 0, new float[3], 0));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Losses.meanSquaredError(4, z, 0, new float[3], 0, loss, 0, z, 0));
    }
}
