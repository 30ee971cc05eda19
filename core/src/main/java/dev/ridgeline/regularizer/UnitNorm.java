package dev.ridgeline.regularizer;

import dev.ridgeline.kernel.Columns;

/**
 * Gives the incoming weights of each unit the Euclidean norm 1 after the update: w_j ← w_j/‖w_j‖ for each column. A
 * column of zeros has no direction and stays; so does one of norm below 3·10⁻³⁹, which no float brings to 1. Keras's
 * {@code UnitNorm} divides by 10⁻⁷ + ‖w_j‖ instead.
 *
 * <p>Use it to take the length out of the weights, so that a unit learns a direction alone (Salimans and Kingma, Weight
 * normalization, 2016, learn the length apart). It is meant for kernels: on a bias, whose columns are single numbers, it
 * makes each 1 or -1.
 *
 * <p>Costs two passes over the tensor after the update: 3 flops and 12 bytes a parameter.
 */
public record UnitNorm() implements Constraint {
    @Override
    public boolean actsOnColumns() {
        return true;
    }

    @Override
    public int projectColumns(int rows, int columns, int from, int to, float[] scratch, float[] w) {
        return Columns.clipNorm(rows, columns, from, to, 1, 1, scratch, w);
    }
}
