package dev.ridgeline.regularizer;

import dev.ridgeline.kernel.WeightProjection;

/**
 * A constraint on a tensor, enforced after each update. It has two halves, of which most constraints use one: an
 * element-wise projection, fused into the update loop, and a pass over the columns of the tensor after it.
 */
public interface Constraint extends WeightProjection {
    /**
     * Projects one updated element; the identity unless overridden.
     *
     * @param w an updated weight
     * @return the nearest weight that is allowed
     */
    @Override
    default float project(float w) {
        return w;
    }

    /**
     * Returns whether {@link #projectColumns} does anything.
     *
     * @return false unless overridden
     */
    default boolean actsOnColumns() {
        return false;
    }

    /**
     * Projects the columns from..to-1 of an updated tensor. A column of a kernel holds the incoming weights of one unit.
     *
     * @param rows the number of rows
     * @param columns the number of columns of w
     * @param from the first column
     * @param to the column after the last
     * @param scratch a value per column, free to use
     * @param w the tensor, row-major; modified
     * @return the number of columns that were changed
     */
    default int projectColumns(int rows, int columns, int from, int to, float[] scratch, float[] w) {
        return 0;
    }
}
