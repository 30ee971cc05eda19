package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Softmax and the losses with their gradients. A loss is the mean over the batch; the kernels give one number per row
 * (or element) and leave the mean to the caller. Gradients hold the factor 1/rows already. A row's sum runs over 64
 * lanes (lane = column mod 64, each an ascending chain from +0), folded by halves.
 */
public final class Losses {
    private Losses() {}

    /**
     * y_ij = e^(x_ij - max_i)/Σ_j e^(x_ij - max_i), where max_i is the row's largest element.
     *
     * @param rows the number of rows
     * @param columns the number of columns, at least 1
     * @param x the input, rows x columns; not modified
     * @param xOffset where it starts
     * @param y the output, rows x columns, may be x at the same offset; modified
     * @param yOffset where it starts
     */
    public static void softmax(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
        checkMatrix(rows, columns, x, xOffset);
        checkMatrix(rows, columns, y, yOffset);
        if (Kernels.vector(rows * columns)) {
            LossesVector.softmax(rows, columns, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Losses.softmax(rows, columns, x, xOffset, y, yOffset);
        }
    }

    /**
     * The backward pass of softmax: dx_ij = y_ij·(dy_ij - Σ_k y_ik·dy_ik).
     *
     * @param rows the number of rows
     * @param columns the number of columns, at least 1
     * @param y the output of the forward pass, rows x columns; not modified
     * @param yOffset where it starts
     * @param dy the gradient to the output; not modified
     * @param dyOffset where it starts
     * @param dx the gradient to the input, may be y or dy at the same offset; modified
     * @param dxOffset where it starts
     */
    public static void softmaxGradient(
            int rows, int columns, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        checkMatrix(rows, columns, y, yOffset);
        checkMatrix(rows, columns, dy, dyOffset);
        checkMatrix(rows, columns, dx, dxOffset);
        // rows of a few columns: nothing to gain from vectors
        dev.ridgeline.kernel.reference.Losses.softmaxGradient(rows, columns, y, yOffset, dy, dyOffset, dx, dxOffset);
    }

    /**
     * The cross entropy of softmax, from logits z: loss_i = log Σ_j e^(z_ij - max_i) - (z_i,label - max_i), and its
     * mean's gradient (softmax(z)_ij - [j = label_i])/rows.
     *
     * @param rows the number of samples
     * @param columns the number of classes, at least 1
     * @param logits z, rows x columns; not modified
     * @param offset where it starts
     * @param labels the class of each sample, 0..columns-1; not modified
     * @param labelsOffset where they start
     * @param rowLoss the loss of each sample; modified
     * @param lossOffset where it starts
     * @param gradient the gradient to z, rows x columns, may be z at the same offset; modified
     * @param gradientOffset where it starts
     * @throws IllegalArgumentException if a label is no class
     */
    public static void softmaxCrossEntropy(
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
        checkMatrix(rows, columns, logits, offset);
        checkLabels(rows, columns, labels, labelsOffset);
        Objects.checkFromIndexSize(lossOffset, rows, rowLoss.length);
        checkMatrix(rows, columns, gradient, gradientOffset);
        if (Kernels.vector(rows * columns)) {
            LossesVector.softmaxCrossEntropy(
                    rows, columns, logits, offset, labels, labelsOffset, rowLoss, lossOffset, gradient, gradientOffset);
        } else {
            dev.ridgeline.kernel.reference.Losses.softmaxCrossEntropy(
                    rows, columns, logits, offset, labels, labelsOffset, rowLoss, lossOffset, gradient, gradientOffset);
        }
    }

    /**
     * The cross entropy of the logistic function, from logits z: loss_i = log(1 + e^z_i) - label_i·z_i, and its mean's
     * gradient (1/(1 + e^-z_i) - label_i)/n. Computed for label 1 as for label 0 with -z_i, which cancels nothing.
     *
     * @param n the number of samples
     * @param logits z; not modified
     * @param offset where it starts
     * @param labels 0 or 1 for each sample; not modified
     * @param labelsOffset where they start
     * @param rowLoss the loss of each sample; modified
     * @param lossOffset where it starts
     * @param gradient the gradient to z; modified
     * @param gradientOffset where it starts
     * @throws IllegalArgumentException if a label is neither 0 nor 1
     */
    public static void binaryCrossEntropy(
            int n,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] rowLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        Objects.checkFromIndexSize(offset, n, logits.length);
        checkLabels(n, 2, labels, labelsOffset);
        Objects.checkFromIndexSize(lossOffset, n, rowLoss.length);
        Objects.checkFromIndexSize(gradientOffset, n, gradient.length);
        if (Kernels.vector(n)) {
            LossesVector.binaryCrossEntropy(
                    n, logits, offset, labels, labelsOffset, rowLoss, lossOffset, gradient, gradientOffset);
        } else {
            dev.ridgeline.kernel.reference.Losses.binaryCrossEntropy(
                    n, logits, offset, labels, labelsOffset, rowLoss, lossOffset, gradient, gradientOffset);
        }
    }

    /**
     * Smooths the labels of a softmax cross entropy (Szegedy et al., Rethinking the Inception architecture, 2016, section
     * 7): turns what {@link #softmaxCrossEntropy} has computed into the loss and gradient for the targets (1 - s)·[j =
     * label_i] + s/columns. With z_i,label for the label's logit
     *
     * <pre>
     * loss_i      += s/columns·Σ_j (z_i,label - z_ij)
     * gradient_ij += s·([j = label_i] - 1/columns)/rows
     * </pre>
     *
     * The sum is an ascending chain in double. Costs 3 flops a logit.
     *
     * @param rows the number of samples
     * @param columns the number of classes, at least 1
     * @param smoothing s, 0..1
     * @param logits z, rows x columns; not modified, and not the gradient's array
     * @param offset where it starts
     * @param labels the class of each sample, 0..columns-1; not modified
     * @param labelsOffset where they start
     * @param rowLoss the loss of each sample; modified
     * @param lossOffset where it starts
     * @param gradient the gradient to z, rows x columns; modified
     * @param gradientOffset where it starts
     * @throws IllegalArgumentException if a label is no class, the smoothing is outside 0..1, or
     *     logits and gradient are one array
     */
    public static void smoothSoftmaxCrossEntropy(
            int rows,
            int columns,
            float smoothing,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] rowLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        checkMatrix(rows, columns, logits, offset);
        checkLabels(rows, columns, labels, labelsOffset);
        Objects.checkFromIndexSize(lossOffset, rows, rowLoss.length);
        checkMatrix(rows, columns, gradient, gradientOffset);
        checkSmoothing(smoothing, logits, gradient);
        // a row of a few columns: nothing to gain from vectors
        dev.ridgeline.kernel.reference.Losses.smoothSoftmaxCrossEntropy(
                rows,
                columns,
                smoothing,
                logits,
                offset,
                labels,
                labelsOffset,
                rowLoss,
                lossOffset,
                gradient,
                gradientOffset);
    }

    /**
     * Smooths the labels of a binary cross entropy: turns what {@link #binaryCrossEntropy} has computed into the loss and
     * gradient for the targets (1 - s)·label_i + s/2.
     *
     * <pre>
     * loss_i     += s·(label_i - 1/2)·z_i
     * gradient_i += s·(label_i - 1/2)/n
     * </pre>
     *
     * Costs 4 flops a logit.
     *
     * @param n the number of samples
     * @param smoothing s, 0..1
     * @param logits z; not modified, and not the gradient's array
     * @param offset where it starts
     * @param labels 0 or 1 for each sample; not modified
     * @param labelsOffset where they start
     * @param rowLoss the loss of each sample; modified
     * @param lossOffset where it starts
     * @param gradient the gradient to z; modified
     * @param gradientOffset where it starts
     * @throws IllegalArgumentException if a label is neither 0 nor 1, the smoothing is outside 0..1, or
     *     logits and gradient are one array
     */
    public static void smoothBinaryCrossEntropy(
            int n,
            float smoothing,
            float[] logits,
            int offset,
            int[] labels,
            int labelsOffset,
            float[] rowLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        Objects.checkFromIndexSize(offset, n, logits.length);
        checkLabels(n, 2, labels, labelsOffset);
        Objects.checkFromIndexSize(lossOffset, n, rowLoss.length);
        Objects.checkFromIndexSize(gradientOffset, n, gradient.length);
        checkSmoothing(smoothing, logits, gradient);
        // a loop C2 vectorizes by itself
        dev.ridgeline.kernel.reference.Losses.smoothBinaryCrossEntropy(
                n, smoothing, logits, offset, labels, labelsOffset, rowLoss, lossOffset, gradient, gradientOffset);
    }

    /**
     * The squared error of each element, loss_i = (y_i - t_i)², and its mean's gradient 2(y_i - t_i)/n.
     *
     * @param n the number of elements: samples times outputs
     * @param outputs y; not modified
     * @param offset where it starts
     * @param targets t; not modified
     * @param targetsOffset where it starts
     * @param elementLoss the loss of each element; modified
     * @param lossOffset where it starts
     * @param gradient the gradient to y; modified
     * @param gradientOffset where it starts
     */
    public static void meanSquaredError(
            int n,
            float[] outputs,
            int offset,
            float[] targets,
            int targetsOffset,
            float[] elementLoss,
            int lossOffset,
            float[] gradient,
            int gradientOffset) {
        Objects.checkFromIndexSize(offset, n, outputs.length);
        Objects.checkFromIndexSize(targetsOffset, n, targets.length);
        Objects.checkFromIndexSize(lossOffset, n, elementLoss.length);
        Objects.checkFromIndexSize(gradientOffset, n, gradient.length);
        // a loop C2 vectorizes by itself
        dev.ridgeline.kernel.reference.Losses.meanSquaredError(
                n, outputs, offset, targets, targetsOffset, elementLoss, lossOffset, gradient, gradientOffset);
    }

    private static void checkMatrix(int rows, int columns, float[] matrix, int offset) {
        if (rows < 0 || columns < 1 || offset < 0 || (long) rows * columns > matrix.length - offset) {
            throw new IndexOutOfBoundsException("a matrix of " + rows + " x " + columns + " from index " + offset
                    + " does not fit an array of " + matrix.length);
        }
    }

    private static void checkSmoothing(float smoothing, float[] logits, float[] gradient) {
        if (logits == gradient) {
            throw new IllegalArgumentException("smoothing reads the logits again: keep the gradient in another array");
        }
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException("smoothing: " + smoothing + " must be within 0 and 1");
        }
    }

    static void checkLabels(int n, int classes, int[] labels, int offset) {
        Objects.checkFromIndexSize(offset, n, labels.length);
        int outside = 0;
        for (int i = offset; i < offset + n; i++) {
            outside |= labels[i] | (classes - 1 - labels[i]); // the sign bit: below 0, or above classes - 1
        }
        if (outside < 0) {
            for (int i = 0; i < n; i++) {
                if (labels[offset + i] < 0 || labels[offset + i] >= classes) {
                    throw new IllegalArgumentException("label " + labels[offset + i] + " of sample " + i
                            + " is not a class: labels are 0.." + (classes - 1));
                }
            }
        }
    }
}
