package dev.ridgeline.optimizer;

import dev.ridgeline.kernel.PenaltyGradient;
import dev.ridgeline.kernel.WeightProjection;
import dev.ridgeline.layer.Parameter;
import java.util.List;

/** An update rule with its hyper-parameters. The gradient of a tensor's penalty is added to g before the rule. */
public interface Optimizer {
    /**
     * Makes the update of a model's tensors, with state that starts at zero.
     *
     * @param parameters the tensors that are trained
     * @return the update
     */
    Updater bind(List<Parameter> parameters);

    /**
     * Returns d of a weight decay that is the rule's own: w ← w - η·d·w beside the step, not through the gradient.
     *
     * @param parameter a tensor
     * @return d; 0 unless overridden
     */
    default double weightDecay(Parameter parameter) {
        return 0;
    }

    /**
     * Returns what a tensor's update adds to its gradient.
     *
     * @param parameter the tensor
     * @return its penalty, or {@link PenaltyGradient#NONE}
     */
    static PenaltyGradient penalty(Parameter parameter) {
        return parameter.regularizer() == null ? PenaltyGradient.NONE : parameter.regularizer();
    }

    /**
     * Returns what a tensor's update ends with.
     *
     * @param parameter the tensor
     * @return its constraint, or {@link WeightProjection#NONE}
     */
    static WeightProjection projection(Parameter parameter) {
        return parameter.constraint() == null ? WeightProjection.NONE : parameter.constraint();
    }
}
