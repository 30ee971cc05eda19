package dev.ridgeline.regularizer;

import dev.ridgeline.kernel.Team;

/**
 * A penalty on a whole tensor, which is not a sum over its elements: its gradient is a pass of its own before the update.
 * A kernel is rows x columns; a column holds the incoming weights of one unit.
 */
public interface TensorRegularizer {
    /**
     * Returns the penalty.
     *
     * @param rows the number of rows
     * @param columns the number of columns
     * @param w the tensor, row-major; not modified
     * @return the penalty, computed in double
     */
    double value(int rows, int columns, float[] w);

    /**
     * Makes the gradient of one tensor, with the workspaces that it needs.
     *
     * @param rows the number of rows
     * @param columns the number of columns
     * @return the gradient
     */
    Gradient gradient(int rows, int columns);

    /** The gradient of one tensor. Made once; a call allocates nothing. */
    @FunctionalInterface
    interface Gradient {
        /**
         * g ← g + s·∇R(w).
         *
         * @param team the threads
         * @param strength s
         * @param w the tensor, row-major; not modified
         * @param g the gradient of the loss; modified
         */
        void add(Team team, float strength, float[] w, float[] g);
    }
}
