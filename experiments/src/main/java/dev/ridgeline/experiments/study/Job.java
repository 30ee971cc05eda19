package dev.ridgeline.experiments.study;

import java.util.Map;

/**
 * A piece of a study's work. Its result depends on the configuration, the study's data and the release, and on nothing
 * else: not on the thread, the time or the jobs beside it. So it may be computed at any time, or read back.
 *
 * @param <R> the type of the result
 * @param configuration what distinguishes this job from the others of its study, such as model, λ and seed; {@link Study}
 *     makes its key from it
 * @param steps how many steps of progress it makes, at least 1
 * @param work computes the result
 */
public record Job<R>(Map<String, ?> configuration, long steps, Work<R> work) {
    /**
     * Computes a result.
     *
     * @param <R> its type
     */
    @FunctionalInterface
    public interface Work<R> {
        /**
         * Computes the result.
         *
         * @param stepDone to call after each step
         * @return the result
         * @throws Exception if it cannot be computed, which ends the study
         */
        R run(Runnable stepDone) throws Exception;
    }
}
