package dev.ridgeline.train;

import static dev.ridgeline.DoubleLayers.binaryCrossEntropy;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.DoubleLayers.meanSquaredError;
import static dev.ridgeline.DoubleLayers.softmaxCrossEntropy;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {
    private static int[] labels(int rows, int classes) {
        return new SplittableRandom(3).ints(rows, 0, classes).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1", "7, 3, 2", "23, 10, 5", "5, 67, 20", "9, 16, 60"})
    void softmaxCrossEntropyAndItsGradient(int rows, int classes, float scale) {
        float[] z = random(1, rows * classes, scale);
        int[] labels = labels(rows, classes);
        double[] wide = doubles(z, z.length);
        float[] gradient = new float[z.length];
        double value = LossProbe.evaluate(Loss.SOFTMAX_CROSS_ENTROPY, classes, z, classes, labels, null, gradient);
        double expected = softmaxCrossEntropy(rows, classes, wide, labels);
        assertEquals(expected, value, 1e-6 * expected);
        assertClose(gradient(wide, () -> softmaxCrossEntropy(rows, classes, wide, labels)), gradient, 1e-5, "dz");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "33, 3", "64, 30"})
    void binaryCrossEntropyAndItsGradient(int rows, float scale) {
        float[] z = random(2, rows, scale);
        int[] labels = labels(rows, 2);
        double[] wide = doubles(z, z.length);
        float[] gradient = new float[rows];
        double value = LossProbe.evaluate(Loss.BINARY_CROSS_ENTROPY, 1, z, 2, labels, null, gradient);
        double expected = binaryCrossEntropy(rows, wide, labels);
        assertEquals(expected, value, 1e-6 * expected);
        assertClose(gradient(wide, () -> binaryCrossEntropy(rows, wide, labels)), gradient, 1e-5, "dz");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "17, 3", "40, 1"})
    void meanSquaredErrorAndItsGradient(int rows, int outputs) {
        float[] y = random(3, rows * outputs, 2);
        float[] targets = random(4, rows * outputs, 2);
        double[] wide = doubles(y, y.length);
        double[] wideTargets = doubles(targets, targets.length);
        float[] gradient = new float[y.length];
        double value = LossProbe.evaluate(Loss.MEAN_SQUARED_ERROR, outputs, y, 0, null, targets, gradient);
        double expected = meanSquaredError(wide, wideTargets);
        assertEquals(expected, value, 1e-6 * expected);
        assertClose(gradient(wide, () -> meanSquaredError(wide, wideTargets)), gradient, 1e-5, "dy");
    }

    /** The cross-entropy of smoothed labels is that of the labels and that of uniform labels, mixed. */
    @ParameterizedTest
    @CsvSource({"7, 3, 0.1", "23, 10, 0.5", "1, 2, 0.9"})
    void smoothedSoftmaxCrossEntropyAndItsGradient(int rows, int classes, float smoothing) {
        float[] z = random(1, rows * classes, 5);
        int[] labels = labels(rows, classes);
        double[] wide = doubles(z, z.length);
        DoubleSupplier loss = () -> {
            double uniform = 0;
            for (int label = 0; label < classes; label++) {
                int[] all = new int[rows];
                Arrays.fill(all, label);
                uniform += softmaxCrossEntropy(rows, classes, wide, all) / classes;
            }
            return (1 - smoothing) * softmaxCrossEntropy(rows, classes, wide, labels) + smoothing * uniform;
        };
        float[] gradient = new float[z.length];
        double value =
                LossProbe.evaluate(Loss.SOFTMAX_CROSS_ENTROPY, smoothing, classes, z, classes, labels, null, gradient);
        assertEquals(loss.getAsDouble(), value, 1e-6 * loss.getAsDouble());
        assertClose(gradient(wide, loss), gradient, 1e-5, "dz");
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 0.5f})
    void smoothedBinaryCrossEntropyAndItsGradient(float smoothing) {
        int rows = 33;
        float[] z = random(2, rows, 5);
        int[] labels = labels(rows, 2);
        int[] others = Arrays.stream(labels).map(label -> 1 - label).toArray();
        double[] wide = doubles(z, z.length);
        DoubleSupplier loss = () -> (1 - smoothing / 2) * binaryCrossEntropy(rows, wide, labels)
                + smoothing / 2 * binaryCrossEntropy(rows, wide, others);
        float[] gradient = new float[rows];
        double value = LossProbe.evaluate(Loss.BINARY_CROSS_ENTROPY, smoothing, 1, z, 2, labels, null, gradient);
        assertEquals(loss.getAsDouble(), value, 1e-6 * loss.getAsDouble());
        assertClose(gradient(wide, loss), gradient, 1e-5, "dz");
    }

    @Test
    void valuesAreNotSmoothed() {
        Exception e = assertThrows(
                IllegalStateException.class,
                () -> LossProbe.evaluate(
                        Loss.MEAN_SQUARED_ERROR, 0.1f, 1, new float[1], 0, null, new float[1], new float[1]));
        assertEquals("MEAN_SQUARED_ERROR has no labels to smooth", e.getMessage());
    }

    @Test
    void extremeLogitsGiveFiniteLosses() {
        float[] z = {1000, -1000, 0, -3e38f, 3e38f, 0};
        double softmax = LossProbe.evaluate(Loss.SOFTMAX_CROSS_ENTROPY, 3, z, 3, new int[] {0, 1}, null, new float[6]);
        assertEquals(0, softmax);
        double far = LossProbe.evaluate(
                Loss.SOFTMAX_CROSS_ENTROPY, 3, new float[] {500, -500, 0}, 3, new int[] {1}, null, new float[3]);
        assertEquals(1000, far);
        float[] gradient = new float[2];
        double binary = LossProbe.evaluate(
                Loss.BINARY_CROSS_ENTROPY, 1, new float[] {500, -500}, 2, new int[] {1, 1}, null, gradient);
        assertEquals(250, binary);
        assertEquals(0, Math.abs(gradient[0]));
        assertEquals(-0.5f, gradient[1]);
    }

    /** Where the label leads, loss and gradient are small differences of nearly equal numbers, and must not be lost. */
    @Test
    void aLeadingLabelKeepsItsSmallLossAndGradient() {
        for (float lead : new float[] {1, 5, 12, 20, 40, 80}) {
            float[] gradient = new float[3];
            double loss = LossProbe.evaluate(
                    Loss.SOFTMAX_CROSS_ENTROPY, 3, new float[] {lead, 0, 0}, 3, new int[] {0}, null, gradient);
            double others = 2 * Math.exp(-lead);
            assertEquals(Math.log1p(others), loss, 1e-6 * others);
            assertEquals(-others / (1 + others), gradient[0], 1e-6 * others);
        }
    }

    @Test
    void theFirstClassWinsATie() {
        assertEquals(1, Loss.SOFTMAX_CROSS_ENTROPY.classOf(new float[] {9, 9, 9, 1, 3, 3}, 3, 1));
        assertEquals(0, Loss.SOFTMAX_CROSS_ENTROPY.classOf(new float[] {9, 9, 9, 1, 3, 3}, 3, 0));
        assertEquals(0, Loss.BINARY_CROSS_ENTROPY.classOf(new float[] {0, 1e-30f}, 1, 0));
        assertEquals(1, Loss.BINARY_CROSS_ENTROPY.classOf(new float[] {0, 1e-30f}, 1, 1));
    }

    @Test
    void theOracleSumsToZero() {
        double[] z = doubles(random(8, 5, 2), 5);
        assertEquals(
                0,
                Arrays.stream(gradient(z, () -> softmaxCrossEntropy(1, 5, z, new int[] {2})))
                        .sum(),
                1e-9);
    }

    @Test
    void labelsAndOutputsMustFit() {
        Dataset three = Dataset.classification(1, new float[3], 3, new int[3]);
        Dataset values = Dataset.regression(1, new float[3], 2, new float[6]);
        refused(Loss.SOFTMAX_CROSS_ENTROPY, three, 4, "3 classes", "4 outputs", "one output for each class");
        refused(Loss.SOFTMAX_CROSS_ENTROPY, values, 2, "2 target values a row", "2 outputs", "SOFTMAX_CROSS_ENTROPY");
        refused(Loss.BINARY_CROSS_ENTROPY, three, 1, "3 classes", "two classes and one output");
        refused(Loss.BINARY_CROSS_ENTROPY, three.select(0), 2, "3 classes", "2 outputs");
        refused(Loss.MEAN_SQUARED_ERROR, three, 3, "3 classes", "target values, one for each output");
        refused(Loss.MEAN_SQUARED_ERROR, values, 3, "2 target values a row", "3 outputs");
        Loss.SOFTMAX_CROSS_ENTROPY.requireFit(three, 3);
        Loss.MEAN_SQUARED_ERROR.requireFit(values, 2);
    }

    private static void refused(Loss loss, Dataset data, int outputs, String... parts) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> loss.requireFit(data, outputs));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }
}
