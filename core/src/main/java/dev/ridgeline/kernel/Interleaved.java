package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * The output units of several models that learn from the same rows at once. The models lie interleaved, element for
 * element: hidden unit h of row r of model m is at {@code (r * inputs + h) * models + m}, weight h at {@code h * models +
 * m}, output r at {@code r * models + m}. So neighbouring lanes of a vector hold neighbouring models. One matrix product
 * would mix the models, one product for each of them is too small to be fast; these loops keep them apart at full width.
 *
 * <p>Every chain of a model runs as in {@link Gemm}: fma over the ascending index from +0, the bias added last. So a model
 * gets the bits that it gets alone, and one whose numbers are NaN does no harm to its neighbours. The first layer of all
 * models is one product, {@link Gemm#nn} with {@code inputs * models} columns; its gradient is {@link Gemm#tn}.
 */
public final class Interleaved {
    private Interleaved() {}

    /**
     * y_rm = Σ_h a_rhm·w_hm + b_m. Costs 2·rows·inputs·models flops.
     *
     * @param rows the number of rows
     * @param inputs the inputs of a unit
     * @param models the number of models
     * @param a the inputs of the units, rows x inputs x models; not modified
     * @param w the weights, inputs x models; not modified
     * @param bias an offset for each model; not modified
     * @param y the outputs, rows x models; modified
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void units(int rows, int inputs, int models, float[] a, float[] w, float[] bias, float[] y) {
        check(rows, inputs, models, a, w, y);
        Objects.checkFromIndexSize(0, models, bias.length);
        if (Kernels.vectorAfter(2L * rows * inputs * models)) {
            InterleavedVector.units(rows, inputs, models, a, w, bias, y);
        } else {
            dev.ridgeline.kernel.reference.Interleaved.units(rows, inputs, models, 0, a, w, bias, y);
        }
    }

    /**
     * The gradient of binary cross-entropy to the logits z_rm, where all models see the label of a row: (σ(z_rm) -
     * label_r)·s. Computed for label 1 as for label 0 with -z, as {@link Losses#binaryCrossEntropy} does.
     *
     * @param rows the number of rows
     * @param models the number of models
     * @param scale s: 1/rows of the whole batch for the gradient of the mean
     * @param labels 0 or 1 for each row; not modified
     * @param labelsOffset where they start
     * @param z the logits on entry, the gradient on return, rows x models; modified
     * @throws IllegalArgumentException if a label is neither 0 nor 1
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void crossEntropyGradient(
            int rows, int models, float scale, int[] labels, int labelsOffset, float[] z) {
        checkSizes(rows, 1, models);
        Objects.checkFromIndexSize(0, rows * models, z.length);
        Losses.checkLabels(rows, 2, labels, labelsOffset);
        int n = rows * models;
        if (Kernels.vectorAfter(32L * n)) {
            InterleavedVector.multiply(rows, models, 1, labels, labelsOffset, z);
            Elementary.sigmoid(n, z, 0, z, 0);
            InterleavedVector.multiply(rows, models, scale, labels, labelsOffset, z);
        } else {
            dev.ridgeline.kernel.reference.Interleaved.multiply(rows, models, 0, 1, labels, labelsOffset, z);
            Elementary.sigmoid(n, z, 0, z, 0);
            dev.ridgeline.kernel.reference.Interleaved.multiply(rows, models, 0, scale, labels, labelsOffset, z);
        }
    }

    /**
     * The backward pass of {@link #units} whose inputs are a = tanh x, in one pass over memory: dw_hm += Σ_r a_rhm·dy_rm, a
     * chain of fma that goes on from what dw holds, and dx_rhm = dy_rm·w_hm·(1 - a_rhm²), which takes the place of a. Costs
     * 6·rows·inputs·models flops.
     *
     * @param rows the number of rows
     * @param inputs the inputs of a unit
     * @param models the number of models
     * @param dy the gradient to the outputs, rows x models; not modified
     * @param w the weights, inputs x models; not modified
     * @param dw the gradient to the weights, added to, inputs x models; modified
     * @param a tanh x on entry, dx on return, rows x inputs x models; modified
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void tanhUnitsGradient(
            int rows, int inputs, int models, float[] dy, float[] w, float[] dw, float[] a) {
        check(rows, inputs, models, a, w, dy);
        Objects.checkFromIndexSize(0, inputs * models, dw.length);
        if (Kernels.vectorAfter(6L * rows * inputs * models)) {
            InterleavedVector.tanhUnitsGradient(rows, inputs, models, dy, w, dw, a);
        } else {
            dev.ridgeline.kernel.reference.Interleaved.tanhUnitsGradient(rows, inputs, models, 0, dy, w, dw, a);
        }
    }

    private static void check(int rows, int inputs, int models, float[] a, float[] w, float[] y) {
        checkSizes(rows, inputs, models);
        Objects.checkFromIndexSize(0, rows * inputs * models, a.length);
        Objects.checkFromIndexSize(0, inputs * models, w.length);
        Objects.checkFromIndexSize(0, rows * models, y.length);
    }

    private static void checkSizes(int rows, int inputs, int models) {
        if (rows < 0 || inputs < 0 || models < 0) {
            throw new IllegalArgumentException("Interleaved: rows = " + rows + ", inputs = " + inputs + ", models = "
                    + models + "; none may be negative");
        }
        Math.multiplyExact(Math.multiplyExact(rows, Math.max(1, inputs)), models);
    }
}
