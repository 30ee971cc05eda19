package dev.ridgeline.bench.ledger;

import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.AdamW;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.RmsProp;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The kernels of the update of one tensor, with the demands that the classes of rules, penalties and constraints state: a
 * penalty on the whole tensor, then the fused loop of rule, penalty and projection, then a constraint on the columns.
 */
final class UpdateKernels {
    private UpdateKernels() {}

    /** Returns the kernels in their order. */
    static List<Kernel> of(String layer, Parameter parameter, Optimizer optimizer) {
        List<Kernel> kernels = new ArrayList<>();
        String role = parameter.role().name().toLowerCase(Locale.ROOT);
        long n = parameter.value().length;
        if (parameter.tensorRegularizer() != null) {
            tensorPenalty(layer, role, parameter, kernels);
        }
        Demand update = rule(optimizer, n)
                .plus(Demand.each(n, flops(parameter.regularizer()) + flops(parameter.constraint()), 0));
        kernels.add(new Kernel(Phase.UPDATE, layer, role + ": " + named(optimizer, parameter), update));
        Constraint constraint = parameter.constraint();
        if (constraint != null && constraint.actsOnColumns()) {
            kernels.add(new Kernel(Phase.UPDATE, layer, role + ": norms of the columns", columns(constraint, n)));
        }
        return kernels;
    }

    private static String named(Optimizer optimizer, Parameter parameter) {
        String fused = optimizer.getClass().getSimpleName();
        if (parameter.regularizer() != null) {
            fused += " + " + parameter.regularizer().getClass().getSimpleName();
        }
        Constraint constraint = parameter.constraint();
        if (constraint != null && !constraint.actsOnColumns()) {
            fused += " + " + constraint.getClass().getSimpleName();
        }
        return fused;
    }

    /** Returns the values that a rule keeps beside each weight. */
    static int states(Optimizer optimizer) {
        return (bytes(optimizer) - 12) / 8;
    }

    private static Demand rule(Optimizer optimizer, long n) {
        int flops = switch (optimizer) {
            case Sgd sgd -> sgd.momentum() == 0 ? 2 : 4;
            case RmsProp rule -> 7;
            case Adam rule -> 13;
            case AdamW rule -> 14;
            default -> throw unknown(optimizer);
        };
        return Demand.each(n, flops, bytes(optimizer));
    }

    /** Gradient and weight read, weight written; each state read and written. */
    private static int bytes(Optimizer optimizer) {
        return switch (optimizer) {
            case Sgd sgd -> sgd.momentum() == 0 ? 12 : 20;
            case RmsProp rule -> 20;
            case Adam rule -> 28;
            case AdamW rule -> 28;
            default -> throw unknown(optimizer);
        };
    }

    private static IllegalArgumentException unknown(Object what) {
        return new IllegalArgumentException("Ledger: the demand of " + what
                + " is unknown; measure with a rule, penalty or layer of dev.ridgeline, or add it to UpdateKernels");
    }

    /** Returns what a penalty adds for each element of the loop; that of a user's own class is not known and counts 0. */
    static int flops(Regularizer penalty) {
        if (penalty == null) {
            return 0;
        }
        return switch (penalty) {
            case L1 l1 -> 3;
            case L2 l2 -> 2;
            case ElasticNet net -> 5;
            case WeightElimination elimination -> 8;
            case ProximalL1 l1 -> 4;
            default -> 0;
        };
    }

    /** Returns what the element-wise half of a constraint adds for each element of the loop. */
    private static int flops(Constraint constraint) {
        if (constraint == null) {
            return 0;
        }
        return switch (constraint) {
            case MaxWeight max -> 2;
            case NonNegative bound -> 1;
            default -> 0;
        };
    }

    /** The norms, then the scaling of all columns; a maximum norm scales only those outside, so this is its upper bound. */
    private static Demand columns(Constraint constraint, long n) {
        return switch (constraint) {
            case MaxNorm max -> Demand.each(n, 3, 12);
            case UnitNorm unit -> Demand.each(n, 3, 12);
            default -> throw unknown(constraint);
        };
    }

    private static void tensorPenalty(String layer, String role, Parameter parameter, List<Kernel> kernels) {
        TensorRegularizer penalty = parameter.tensorRegularizer();
        long n = parameter.value().length;
        switch (penalty) {
            case GroupLasso lasso ->
                kernels.add(new Kernel(Phase.UPDATE, layer, role + ": group lasso", Demand.each(n, 5, 16)));
            case Orthogonal orthogonal -> {
                long vectors = orthogonal.mode() == Orthogonal.Mode.ROWS ? parameter.rows() : parameter.columns();
                kernels.add(new Kernel(Phase.UPDATE, layer, role + ": unit vectors", Demand.each(n, 3, 12)));
                kernels.add(new Kernel(Phase.UPDATE, layer, role + ": cosines", Demand.each(n, 4 * vectors + 7, 28)));
            }
            default -> throw unknown(penalty);
        }
    }
}
