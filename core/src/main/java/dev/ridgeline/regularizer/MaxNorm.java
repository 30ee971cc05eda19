package dev.ridgeline.regularizer;

import dev.ridgeline.kernel.Columns;

/**
 * Projects the incoming weights of each unit onto the ball of radius max after the update: w ← w·max/‖w‖ where ‖w‖ &gt;
 * max, and not a bit changes inside (Srebro and Shraibman, 2005; Srivastava et al., 2014).
 *
 * <p>Use it with a large learning rate, and beside dropout. Costs a pass over the tensor after the update, 2 flops and 4
 * bytes a parameter, and another of 1 flop and 8 bytes where a unit is outside.
 *
 * @param max the largest Euclidean norm allowed, positive
 */
public record MaxNorm(float max) implements Constraint {
    /** Checks the bound. */
    public MaxNorm {
        Checks.positive("MaxNorm", "max", max);
    }

    @Override
    public boolean actsOnColumns() {
        return true;
    }

    @Override
    public int projectColumns(int rows, int columns, int from, int to, float[] scratch, float[] w) {
        return Columns.clipNorm(rows, columns, from, to, 0, max, scratch, w);
    }
}
