package dev.ridgeline.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stops after the first epoch at which all of several policies say stop. The best epoch, and whether its weights are put
 * back, are those of the first policy.
 *
 * <p>Of two {@link EarlyStopping} with the same patience p it makes "neither the loss nor the metric has improved for p
 * epochs", since each says stop from its p-th epoch without improvement until it improves again:
 *
 * <pre>{@code
 * new AllOf(new EarlyStopping(Monitor.loss(), 10), new EarlyStopping(Monitor.of(new MacroF1()), 10))
 * }</pre>
 *
 * <p>When to use: the loss often rises while the classes still get better (the model grows too sure of its errors), and a
 * metric made of counts stands still while the loss falls. It costs what its policies cost.
 *
 * @param policies at least one; copied
 */
public record AllOf(List<StoppingPolicy> policies) implements StoppingPolicy {
    /** Refuses an empty list. */
    public AllOf {
        policies = List.copyOf(policies);
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("AllOf: there is no policy; give at least one");
        }
    }

    /**
     * Combines policies.
     *
     * @param policies at least one; the first says which epoch is the best
     */
    public AllOf(StoppingPolicy... policies) {
        this(List.of(policies));
    }

    @Override
    public boolean restoresBest() {
        return policies.getFirst().restoresBest();
    }

    @Override
    public Watch begin() {
        List<Watch> watches = policies.stream().map(StoppingPolicy::begin).toList();
        return epoch -> {
            // each sees every epoch, also after it has said stop
            List<Decision> decisions = new ArrayList<>();
            for (Watch watch : watches) {
                decisions.add(watch.after(epoch));
            }
            boolean best = decisions.getFirst().best();
            return decisions.stream().allMatch(Decision::stop)
                    ? Decision.stop(
                            best, decisions.stream().map(Decision::reason).collect(Collectors.joining("; ")))
                    : Decision.goOn(best);
        };
    }
}
