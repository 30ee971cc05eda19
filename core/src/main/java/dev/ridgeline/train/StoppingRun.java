package dev.ridgeline.train;

/** Takes a policy through a run, live or recorded: both go the same way. */
final class StoppingRun {
    private final StoppingPolicy policy;
    private final StoppingPolicy.Watch watch;

    private int best;
    private int stoppedAt;
    private String reason = "";

    StoppingRun(StoppingPolicy policy) {
        this.policy = policy;
        watch = policy.begin();
    }

    /** Judges an epoch; returns whether it is the best so far. */
    boolean improvedBy(History.Epoch epoch) {
        StoppingPolicy.Decision decision = watch.after(epoch);
        if (decision.best()) {
            best = epoch.epoch();
        }
        if (decision.stop()) {
            stoppedAt = epoch.epoch();
            reason = decision.reason();
        }
        return decision.best();
    }

    boolean stopped() {
        return stoppedAt > 0;
    }

    StoppingOutcome outcome(int planned) {
        return new StoppingOutcome(planned, stoppedAt, reason, best, policy.restoresBest() ? best : 0);
    }
}
