package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.experiments.study.Job;
import java.util.Arrays;
import java.util.List;

/**
 * The study: its fits, and the curves that are shown.
 *
 * @param seed the first seed
 * @param plan what was asked for
 * @param fits all fits
 * @param curves one for each {@link Smoothing}, with its best λ, on the first training set
 */
record TikhonovStudy(long seed, TikhonovPlan plan, Fits fits, List<FittedCurve> curves) {
    /** Returns the jobs of the curves. */
    static List<Job<FittedCurve>> curves(TikhonovPlan plan, Fits fits) {
        return Arrays.stream(Smoothing.values())
                .map(smoothing -> FittedCurve.job(plan, smoothing, fits.best(smoothing), fits.seeds()[0]))
                .toList();
    }

    /** Returns the curve of a regularizer. */
    FittedCurve curve(Smoothing smoothing) {
        return curves.get(smoothing.ordinal());
    }
}
