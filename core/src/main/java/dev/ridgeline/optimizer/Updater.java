package dev.ridgeline.optimizer;

import dev.ridgeline.kernel.GemmScratch;
import dev.ridgeline.kernel.PenaltyGradient;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.kernel.WeightProjection;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.regularizer.TensorRegularizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The update of all tensors of one model: a fused loop for each tensor, then the constraint on its columns. */
public abstract class Updater {
    private final List<? extends Tensor> tensors;

    /**
     * Makes the update.
     *
     * @param tensors one for each parameter
     */
    protected Updater(List<? extends Tensor> tensors) {
        this.tensors = tensors;
    }

    /**
     * Prepares the numbers that all tensors share in a step.
     *
     * @param step the number of updates before this one
     * @param factor what the learning rate is multiplied by
     */
    protected abstract void prepare(int step, double factor);

    /**
     * Updates every tensor from its gradient.
     *
     * @param team the threads
     * @param step the number of updates before this one
     * @param factor what the learning rate is multiplied by; 1 leaves it as it is
     */
    public final void step(Team team, int step, double factor) {
        prepare(step, factor);
        for (int i = 0; i < tensors.size(); i++) {
            tensors.get(i).step(team, step);
        }
    }

    /** Sets the optimizer's state back to zero. */
    public final void reset() {
        states().forEach(state -> Arrays.fill(state.values(), 0));
    }

    /**
     * Returns the optimizer's state, which a model that is saved and loaded goes on with.
     *
     * @return the states of all tensors, in the order of the tensors; the values themselves, not copies
     */
    public final List<State> states() {
        List<State> states = new ArrayList<>();
        for (Tensor tensor : tensors) {
            states.addAll(tensor.states);
        }
        return states;
    }

    /**
     * What an update rule remembers of one tensor.
     *
     * @param parameter the tensor
     * @param name what is remembered, for example {@code velocity}
     * @param values one value for each of the tensor's
     */
    public record State(Parameter parameter, String name, float[] values) {}

    /** The update of one tensor, with its state. Made once; a step allocates nothing. */
    protected abstract static class Tensor implements Team.Task {
        /** The tensor. */
        protected final Parameter parameter;

        /** Its element-wise penalty. */
        protected final PenaltyGradient penalty;

        /** The factor of its penalties in this step. */
        protected float strength;

        /** Its element-wise constraint. */
        protected final WeightProjection projection;

        final List<State> states = new ArrayList<>();
        private final TensorRegularizer.Gradient tensorGradient;
        private final float[] columnScratch;
        private final AtomicInteger clipped = new AtomicInteger();
        private final Team.Task columns;
        private final Team.Task mask;

        /**
         * Makes the update of a tensor.
         *
         * @param parameter the tensor
         */
        protected Tensor(Parameter parameter) {
            this.parameter = parameter;
            this.penalty = Optimizer.penalty(parameter);
            this.projection = Optimizer.projection(parameter);
            boolean acts =
                    parameter.constraint() != null && parameter.constraint().actsOnColumns();
            TensorRegularizer whole = parameter.tensorRegularizer();
            this.tensorGradient = whole == null ? null : whole.gradient(parameter.rows(), parameter.columns());
            this.columnScratch = acts ? new float[parameter.columns()] : null;
            this.columns = acts ? (scratch, part, parts) -> projectColumns(part, parts) : null;
            this.mask = (scratch, part, parts) -> maskPart(part, parts);
        }

        /**
         * Updates the elements from..to-1.
         *
         * @param from the first element
         * @param to the element after the last
         */
        protected abstract void update(int from, int to);

        /**
         * Makes a state that starts at zero and is set back to zero with the optimizer.
         *
         * @param name what is remembered
         * @return one value for each of the tensor's
         */
        protected final float[] state(String name) {
            float[] values = new float[parameter.value().length];
            states.add(new State(parameter, name, values));
            return values;
        }

        final void step(Team team, int step) {
            int n = parameter.value().length;
            strength = (float) parameter.strength().at(step);
            if (tensorGradient != null) {
                tensorGradient.add(team, strength, parameter.value(), parameter.gradient());
            }
            team.run(16L * n, this);
            if (parameter.mask() != null) {
                team.run(n, mask);
            }
            if (columns != null) {
                team.run(16L * n, columns);
                parameter.clippedUnits(clipped.getAndSet(0));
            }
        }

        @Override
        public final void run(GemmScratch scratch, int part, int parts) {
            int n = parameter.value().length;
            update(Split.begin(n, 64, part, parts), Split.begin(n, 64, part + 1, parts));
        }

        /** Before the columns are projected: what is pruned counts in no norm. */
        private void maskPart(int part, int parts) {
            int n = parameter.value().length;
            parameter.applyMask(Split.begin(n, 64, part, parts), Split.begin(n, 64, part + 1, parts));
        }

        private void projectColumns(int part, int parts) {
            int from = Split.begin(parameter.columns(), 16, part, parts);
            int to = Split.begin(parameter.columns(), 16, part + 1, parts);
            int changed = parameter
                    .constraint()
                    .projectColumns(parameter.rows(), parameter.columns(), from, to, columnScratch, parameter.value());
            clipped.addAndGet(changed);
        }
    }
}
