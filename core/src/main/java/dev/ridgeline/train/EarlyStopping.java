package dev.ridgeline.train;

import java.util.Objects;

/**
 * Stops when the monitored figure x has not improved for {@code patience} epochs. For each epoch t = 0, 1, ... from
 * {@code startFromEpoch} on:
 *
 * <pre>
 * wait = wait + 1
 * if x(t) + minDelta &lt; best (lower is better) or x(t) - minDelta &gt; best (higher is better): best = x(t), wait = 0
 * else if wait &ge; patience and t &gt; 0: stop
 * </pre>
 *
 * <p>Here epochs count from 0; t is {@link History.Epoch#epoch()} less 1. An improvement is strict; the first value is the
 * first best one; a patience of 0 acts as one of 1; epochs before {@code startFromEpoch} are ignored entirely. NaN is
 * never the best. The best weights are put back at the end of training even if it did not stop early.
 *
 * <p>The decisions are those of Keras 3's {@code EarlyStopping(monitor, min_delta, patience, mode, restore_best_weights,
 * start_from_epoch)}, save that Keras lets a NaN in the first epoch become the best, after which nothing is better.
 * Compared in double.
 *
 * <p>When to use: the default choice. The patience is the price: each run trains {@code patience} epochs past its best one.
 * It costs a comparison an epoch, and the copies of {@link StoppingPolicy#restoresBest()}. To stop only when none of several
 * figures improves, see {@link AllOf}.
 *
 * @param monitor the figure to watch
 * @param patience the epochs without improvement after which to stop, at least 0
 * @param minDelta what must be exceeded to count as an improvement, in the monitor's units; finite, at least 0
 * @param startFromEpoch the number of epochs to ignore at the beginning, at least 0
 * @param restoresBest whether the best epoch's weights are put back at the end; Keras's default is false
 */
public record EarlyStopping(Monitor monitor, int patience, double minDelta, int startFromEpoch, boolean restoresBest)
        implements StoppingPolicy {
    /** Refuses numbers out of range. */
    public EarlyStopping {
        Objects.requireNonNull(monitor, "EarlyStopping: the monitor is null");
        if (patience < 0) {
            throw new IllegalArgumentException(
                    "EarlyStopping: patience is " + patience + "; it must be at least 0 epochs");
        }
        if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("EarlyStopping: minDelta is " + minDelta
                    + "; it must be at least 0 and finite, the monitor says which direction is better");
        }
        if (startFromEpoch < 0) {
            throw new IllegalArgumentException(
                    "EarlyStopping: startFromEpoch is " + startFromEpoch + "; it must be at least 0 epochs");
        }
    }

    /**
     * Stops after some epochs without any improvement, watches from the first epoch and puts the best weights back.
     *
     * @param monitor the figure to watch
     * @param patience the epochs without improvement after which to stop, at least 0
     */
    public EarlyStopping(Monitor monitor, int patience) {
        this(monitor, patience, 0, 0, true);
    }

    @Override
    public Watch begin() {
        return new Waiting();
    }

    /** The wait of one run. */
    private final class Waiting implements Watch {
        private double best = Double.NaN;
        private int bestEpoch;
        private int wait;

        @Override
        public Decision after(History.Epoch epoch) {
            if (epoch.epoch() <= startFromEpoch) {
                return Decision.goOn(false);
            }
            double x = monitor.value(epoch);
            wait++;
            if (improves(x)) {
                best = x;
                bestEpoch = epoch.epoch();
                wait = 0;
                return Decision.goOn(true);
            }
            return wait >= patience && epoch.epoch() > 1 ? Decision.stop(false, reason()) : Decision.goOn(false);
        }

        private boolean improves(double x) {
            if (Double.isNaN(best)) {
                return !Double.isNaN(x);
            }
            return monitor.higherIsBetter() ? x - minDelta > best : x + minDelta < best;
        }

        private String reason() {
            String improved = monitor + " has not improved" + (minDelta > 0 ? " by more than " + minDelta : "");
            String since = bestEpoch == 0 ? "it was never a number" : "best " + best + " in epoch " + bestEpoch;
            return improved + " for " + wait + (wait == 1 ? " epoch (" : " epochs (") + since + ")";
        }
    }
}
