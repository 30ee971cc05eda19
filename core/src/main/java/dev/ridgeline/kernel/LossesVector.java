package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import dev.ridgeline.kernel.reference.Losses;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Losses} with the exponentials of all rows as one vectorized pass. Rows are short (3 or 10 classes), so the
 * maximum and the sum of a row stay the reference's scalar loops.
 */
final class LossesVector {
    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

    private LossesVector() {}

    static void softmax(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < rows; i++) {
            Losses.subtractMax(columns, x, xOffset + i * columns, y, yOffset + i * columns);
        }
        ElementaryVector.exp(rows * columns, y, yOffset, y, yOffset);
        for (int i = 0; i < rows; i++) {
            Losses.divideBySum(columns, y, yOffset + i * columns);
        }
    }

    static void softmaxCrossEntropy(
            int rows,
            int columns,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] rowLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        for (int i = 0; i < rows; i++) {
            int row = gradientOffset + i * columns;
            Losses.subtractMax(columns, logits, offset + i * columns, gradient, row);
            rowLoss[lossOffset + i] = gradient[row + labels[labelsOffset + i]];
        }
        ElementaryVector.exp(rows * columns, gradient, gradientOffset, gradient, gradientOffset);
        float scale = 1f / rows;
        for (int i = 0; i < rows; i++) {
            int row = gradientOffset + i * columns;
            int label = row + labels[labelsOffset + i];
            float shifted = rowLoss[lossOffset + i];
            rowLoss[lossOffset + i] = Losses.crossEntropyRow(columns, gradient, row, label, shifted, scale);
        }
    }

    static void binaryCrossEntropy(
            int n,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] rowLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            IntVector flip = flip(labels, labelsOffset + i);
            FloatVector z = flip(FloatVector.fromArray(SPECIES, logits, offset + i), flip);
            ElementaryVector.softplus(z).intoArray(rowLoss, lossOffset + i);
        }
        binaryCrossEntropyGradient(whole, 1f / n, logits, offset, labels, labelsOffset, gradient, gradientOffset);
        Losses.binaryCrossEntropy(
                whole, n, 1f / n, logits, offset, labels, labelsOffset, rowLoss, lossOffset, gradient, gradientOffset);
    }

    /**
     * In loops that call the Vector API alone, as that of sigmoid does: C2 may compile them together with the loss, which
     * leaves it no room to inline another function.
     */
    private static void binaryCrossEntropyGradient(
            int whole,
            float scale,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] gradient,
            int gradientOffset) {
        for (int i = 0; i < whole; i += LANES) {
            IntVector flip = IntVector.fromArray(INTS, labels, labelsOffset + i).lanewise(VectorOperators.LSHL, 31);
            FloatVector.fromArray(SPECIES, logits, offset + i)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.XOR, flip)
                    .reinterpretAsFloats()
                    .intoArray(gradient, gradientOffset + i);
        }
        ElementaryVector.sigmoid(whole, gradient, gradientOffset, gradient, gradientOffset);
        for (int i = 0; i < whole; i += LANES) {
            IntVector flip = IntVector.fromArray(INTS, labels, labelsOffset + i).lanewise(VectorOperators.LSHL, 31);
            FloatVector.fromArray(SPECIES, gradient, gradientOffset + i)
                    .mul(scale)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.XOR, flip)
                    .reinterpretAsFloats()
                    .intoArray(gradient, gradientOffset + i);
        }
    }

    /** The sign bit where the label is 1. */
    private static IntVector flip(int[] labels, int index) {
        return IntVector.fromArray(INTS, labels, index).lanewise(VectorOperators.LSHL, 31);
    }

    /** x, or -x where the sign bit of flip is set. */
    private static FloatVector flip(FloatVector x, IntVector flip) {
        return x.reinterpretAsInts().lanewise(VectorOperators.XOR, flip).reinterpretAsFloats();
    }
}
