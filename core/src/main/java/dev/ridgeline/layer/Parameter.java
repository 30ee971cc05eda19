package dev.ridgeline.layer;

import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.Regularizer;
import java.util.Locale;

/**
 * One tensor of a layer: its values, its gradient, and what regularizes it. A kernel is rows x columns = inputs x units,
 * row-major; all others are 1 x n.
 */
public final class Parameter {
    /** What a tensor is for, in the order of the digest. */
    public enum Role {
        /** Weights. */
        KERNEL,
        /** Offsets of a layer's outputs. */
        BIAS,
        /** A normalization's scale. */
        GAMMA,
        /** A normalization's offset. */
        BETA,
        /** A running statistic; not trained. */
        MOVING_MEAN,
        /** A running statistic; not trained. */
        MOVING_VARIANCE;

        /**
         * Returns whether the optimizer updates such a tensor.
         *
         * @return false for running statistics
         */
        public boolean trained() {
            return this != MOVING_MEAN && this != MOVING_VARIANCE;
        }
    }

    private final String name;
    private final Role role;
    private final int rows;
    private final int columns;
    private final float[] value;
    private final float[] gradient;
    private final Regularizer regularizer;
    private final Constraint constraint;

    /** Makes a tensor of zeros; regularizer and constraint may be null. */
    Parameter(Layer<?> layer, Role role, int rows, int columns, Regularizer regularizer, Constraint constraint) {
        this.name = layer + " " + role.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        this.role = role;
        this.rows = rows;
        this.columns = columns;
        this.value = new float[Math.multiplyExact(rows, columns)];
        this.gradient = role.trained() ? new float[value.length] : null;
        this.regularizer = regularizer;
        this.constraint = constraint;
    }

    /**
     * Returns the name for messages and reports.
     *
     * @return for example {@code Dense "hidden1" kernel}
     */
    public String name() {
        return name;
    }

    /**
     * Returns what the tensor is for.
     *
     * @return the role
     */
    public Role role() {
        return role;
    }

    /**
     * Returns the number of rows.
     *
     * @return a kernel's inputs, else 1
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns the number of columns.
     *
     * @return a kernel's units, else the length
     */
    public int columns() {
        return columns;
    }

    /**
     * Returns the values themselves, not a copy: writing to them changes the model.
     *
     * @return rows x columns values, row-major
     */
    public float[] value() {
        return value;
    }

    /**
     * Returns the gradient of the data loss (and of activity penalties) of the last backward pass, not a copy. The
     * gradient of the tensor's own penalty is added inside the update.
     *
     * @return rows x columns values, or null if the tensor is not trained
     */
    public float[] gradient() {
        return gradient;
    }

    /**
     * Returns the penalty on this tensor.
     *
     * @return the regularizer, or null
     */
    public Regularizer regularizer() {
        return regularizer;
    }

    /**
     * Returns the constraint on this tensor.
     *
     * @return the constraint, or null
     */
    public Constraint constraint() {
        return constraint;
    }

    /**
     * Replaces the values.
     *
     * @param values rows x columns finite values, row-major; copied
     * @throws IllegalArgumentException if their number differs or one is not finite
     */
    public void set(float[] values) {
        if (values.length != value.length) {
            throw new IllegalArgumentException(
                    name + " holds " + rows + " x " + columns + " values, not " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(name + ": value " + i + " is " + values[i] + "; it must be finite");
            }
        }
        System.arraycopy(values, 0, value, 0, value.length);
    }

    @Override
    public String toString() {
        return name + " " + rows + " x " + columns;
    }
}
