package dev.ridgeline.layer;

import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.schedule.Constant;
import dev.ridgeline.schedule.Schedule;
import java.util.Locale;

/**
 * One tensor of a layer: its values, its gradient, and what regularizes it. A kernel is rows x columns, row-major, where a
 * column holds the incoming weights of one unit; all others are 1 x n.
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
    private final Shape shape;
    private final int rows;
    private final int columns;
    private final float[] value;
    private final float[] gradient;
    private final Regularization regularization;
    private int clippedUnits;
    private float[] mask;

    /** What regularizes a tensor; each part may be null. */
    record Regularization(Regularizer regularizer, TensorRegularizer tensor, Schedule strength, Constraint constraint) {
        /** Nothing does. */
        static final Regularization NONE = new Regularization(null, null, new Constant(), null);

        Regularization with(Regularizer other) {
            return new Regularization(other, tensor, strength, constraint);
        }

        Regularization with(TensorRegularizer other) {
            return new Regularization(regularizer, other, strength, constraint);
        }

        Regularization with(Schedule other) {
            return new Regularization(regularizer, tensor, other, constraint);
        }

        Regularization with(Constraint other) {
            return new Regularization(regularizer, tensor, strength, other);
        }
    }

    /** Makes a tensor of zeros; the last size is the number of columns. */
    Parameter(Layer<?> layer, Role role, Regularization regularization, int... sizes) {
        this.name = layer + " " + role.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        this.role = role;
        this.shape = Shape.of(sizes);
        this.rows = shape.positions();
        this.columns = shape.channels();
        if (regularization.regularizer() == null && regularization.tensor() == null) {
            Layer.requireNoSchedule(name, regularization.strength());
        }
        layer.reserve(name, shape.size());
        this.value = new float[shape.size()];
        this.gradient = role.trained() ? new float[value.length] : null;
        this.regularization = regularization;
    }

    private Parameter(Parameter like, Regularization regularization) {
        name = like.name;
        role = like.role;
        shape = like.shape;
        rows = like.rows;
        columns = like.columns;
        value = new float[like.value.length];
        gradient = new float[like.value.length];
        this.regularization = regularization;
    }

    /**
     * Makes a tensor to try updates on: name, role and shape are this one's, values and gradient are its own and start at
     * zero. It belongs to no layer.
     *
     * @param regularizer its element-wise penalty, or null
     * @param tensor its penalty as a whole, or null
     * @param strength the factor of both
     * @param constraint its constraint, or null
     * @return the tensor
     */
    public Parameter trial(
            Regularizer regularizer, TensorRegularizer tensor, Schedule strength, Constraint constraint) {
        return new Parameter(this, new Regularization(regularizer, tensor, strength, constraint));
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
     * Returns the sizes of the tensor.
     *
     * @return inputs x units for a dense kernel, positions x channels x filters for a convolution's, else the length
     */
    public Shape shape() {
        return shape;
    }

    /**
     * Returns the number of rows.
     *
     * @return the incoming weights of a unit for a kernel, else 1
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
     * Returns the gradient of the data loss (and of penalties on activations and on the model's function) of the last
     * backward pass, not a copy. The gradient of the tensor's own penalty is added inside the update.
     *
     * @return rows x columns values, or null if the tensor is not trained
     */
    public float[] gradient() {
        return gradient;
    }

    /**
     * Returns the element-wise penalty on this tensor.
     *
     * @return the regularizer, or null
     */
    public Regularizer regularizer() {
        return regularization.regularizer();
    }

    /**
     * Returns the penalty on this tensor as a whole.
     *
     * @return the regularizer, or null
     */
    public TensorRegularizer tensorRegularizer() {
        return regularization.tensor();
    }

    /**
     * Returns the factor of both penalties, which depends on the training step.
     *
     * @return the schedule; the factor 1 unless set
     */
    public Schedule strength() {
        return regularization.strength();
    }

    /**
     * Returns whether anything penalises this tensor.
     *
     * @return false if it has no regularizer of either kind
     */
    public boolean penalised() {
        return regularizer() != null || tensorRegularizer() != null;
    }

    /**
     * Returns the penalty at the tensor's present values.
     *
     * @param step the training step, which its strength depends on
     * @return s·(r(w) + R(w)), computed in double; 0 without a penalty
     */
    public double penalty(int step) {
        double sum = regularizer() == null ? 0 : regularizer().sum(value, value.length);
        sum += tensorRegularizer() == null ? 0 : tensorRegularizer().value(rows, columns, value);
        return strength().at(step) * sum;
    }

    /**
     * Returns the constraint on this tensor.
     *
     * @return the constraint, or null
     */
    public Constraint constraint() {
        return regularization.constraint();
    }

    /**
     * Returns how many units the constraint held in the last update: the columns that were projected, or for a constraint on
     * single weights the columns that have a weight at the bound. The update loop does not count these, this call does.
     *
     * @return the number of columns
     */
    public int clippedUnits() {
        Constraint constraint = constraint();
        if (constraint == null || constraint.actsOnColumns()) {
            return clippedUnits;
        }
        int units = 0;
        for (int j = 0; j < columns; j++) {
            int i = j;
            while (i < value.length && !(isFree(i) && isAtBound(constraint, value[i]))) {
                i += columns;
            }
            units += i < value.length ? 1 : 0;
        }
        return units;
    }

    private boolean isFree(int i) {
        return mask == null || mask[i] != 0;
    }

    private static boolean isAtBound(Constraint constraint, float w) {
        return constraint.project(Math.nextUp(w)) == w || constraint.project(Math.nextDown(w)) == w;
    }

    /**
     * Notes how many units the constraint has changed.
     *
     * @param count the number of columns that were projected
     */
    public void clippedUnits(int count) {
        clippedUnits = count;
    }

    /**
     * Returns what keeps pruned elements at zero: w ← w·m after each update.
     *
     * @return rows x columns numbers, 0 where pruned, else 1, not a copy; or null if nothing is pruned
     */
    public float[] mask() {
        return mask;
    }

    /**
     * Prunes elements: w ← w·m now and after each update, so that they stay zero while training goes on. The optimizer's
     * state of a pruned element goes on too and has no effect. Costs 4 bytes an element, and in each update one
     * multiplication and 12 bytes of traffic an element; a tensor without a mask pays nothing.
     *
     * @param zerosAndOnes rows x columns numbers, row-major: 0 prunes an element, 1 leaves it; copied. Null lifts the mask:
     *     pruned elements are trained again, from zero
     * @throws IllegalArgumentException if their number differs or one is neither 0 nor 1
     * @throws IllegalStateException if the tensor is not trained
     */
    public void mask(float[] zerosAndOnes) {
        if (!role.trained()) {
            throw new IllegalStateException(name + " is a running statistic; prune trained tensors only");
        }
        if (zerosAndOnes == null) {
            mask = null;
            return;
        }
        if (zerosAndOnes.length != value.length) {
            throw new IllegalArgumentException(name + " holds " + shape + " values, the mask " + zerosAndOnes.length
                    + "; give one number for each value");
        }
        for (int i = 0; i < zerosAndOnes.length; i++) {
            if (zerosAndOnes[i] != 0 && zerosAndOnes[i] != 1) {
                throw new IllegalArgumentException(name + ": element " + i + " of the mask is " + zerosAndOnes[i]
                        + "; give 0 to prune the element, 1 to leave it");
            }
        }
        mask = zerosAndOnes.clone();
        applyMask(0, value.length);
    }

    /**
     * w ← w·m for some elements; does nothing without a mask.
     *
     * @param from the first element
     * @param to the element after the last
     */
    public void applyMask(int from, int to) {
        if (mask != null) {
            for (int i = from; i < to; i++) {
                value[i] *= mask[i];
            }
        }
    }

    /**
     * Replaces the values. Pruned elements stay zero.
     *
     * @param values rows x columns finite values, row-major; copied
     * @throws IllegalArgumentException if their number differs or one is not finite
     */
    public void set(float[] values) {
        if (values.length != value.length) {
            throw new IllegalArgumentException(
                    name + " holds " + shape + " values, not " + values.length + "; give one number for each value");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(name + ": value " + i + " is " + values[i] + "; it must be finite");
            }
        }
        System.arraycopy(values, 0, value, 0, value.length);
        applyMask(0, value.length);
    }

    @Override
    public String toString() {
        return name + " " + shape;
    }
}
