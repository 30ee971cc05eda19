package dev.ridgeline.bench.ledger;

import java.util.Map;

/** Measures for a ledger, each time in a VM of its own. */
public interface LedgerTimer {
    /**
     * Measures what the machine can do.
     *
     * @param threads how many threads do it
     * @return the ceilings
     * @throws MeasurementException if it fails
     */
    Ceilings ceilings(int threads);

    /**
     * Measures where the time of a step goes.
     *
     * @param model the model's name
     * @param regularizer the regularizer's name
     * @param threads the threads of the step
     * @return the times of its kernels, and the counters of the processor
     * @throws MeasurementException if it fails
     */
    Measured step(String model, String regularizer, int threads);

    /**
     * Says why there are no counters of the processor.
     *
     * @return a few words, or "" if there are
     */
    String withoutCounters();

    /**
     * What a step's VM measured.
     *
     * @param times the times of the kernels
     * @param counters what the processor counted in a step, by the names of {@code perf}; empty where it does not answer
     */
    record Measured(StepTimes times, Map<String, Double> counters) {
        /** Copies the counters. */
        public Measured {
            counters = Map.copyOf(counters);
        }
    }

    /** A VM failed. */
    final class MeasurementException extends RuntimeException {
        private static final long serialVersionUID = 1;

        /**
         * Makes the exception.
         *
         * @param message what failed, and why
         * @param cause what was thrown
         */
        public MeasurementException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
