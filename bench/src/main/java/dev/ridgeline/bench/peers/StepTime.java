package dev.ridgeline.bench.peers;

import dev.ridgeline.report.Json;
import java.util.Map;

/**
 * One measurement of a training step.
 *
 * @param round the round, from 1
 * @param model the model
 * @param regularizer the regularizer, or {@code none}
 * @param library the library
 * @param nanos the nanoseconds that the step took
 */
record StepTime(int round, String model, String regularizer, String library, double nanos) {
    StepTime {
        if (!(nanos > 0 && nanos < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(model + " with " + regularizer + " takes " + nanos + " ns");
        }
    }

    /** Returns whether a sample is of a training step. */
    static boolean is(Map<?, ?> sample) {
        return sample.get("model") != null;
    }

    /** Reads a sample of {@code peers.json}; another shape ends in a {@link RuntimeException}. */
    static StepTime of(Map<?, ?> sample) {
        return new StepTime(
                (int) sample.get("round"),
                (String) sample.get("model"),
                (String) sample.get("regularizer"),
                (String) sample.get("library"),
                Json.number(sample.get("nanos")));
    }
}
