package dev.ridgeline.bench.cost;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * The percentile bootstrap (Efron, 1979) of a mean. It assumes no distribution, so where it disagrees with Student's
 * interval the values are far from normal: one disturbed block decides the mean.
 */
final class Bootstrap {
    /** With fewer values its own intervals are too narrow to check another. */
    static final int NEEDED = 20;

    private static final int RESAMPLES = 2000;
    private static final double TAIL = 0.025;
    private static final long SEED = 1979;

    /** Ends that lie further apart than this part of the other interval's width disagree. */
    private static final double TOLERANCE = 0.25;

    private Bootstrap() {}

    /** Returns the mean and the 2.5 % and 97.5 % quantiles of the means of 2,000 resamples; the same for the same values. */
    static Interval interval(double... values) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[r] = sum / values.length;
        }
        Arrays.sort(means);
        int cut = (int) (TAIL * RESAMPLES);
        return new Interval(DoubleStream.of(values).sum() / values.length, means[cut], means[RESAMPLES - 1 - cut]);
    }

    /** Returns whether Student's interval and the bootstrap's have about the same ends. */
    static boolean agree(Interval student, Interval bootstrap) {
        double tolerance = TOLERANCE * (student.high() - student.low());
        return Math.abs(student.low() - bootstrap.low()) <= tolerance
                && Math.abs(student.high() - bootstrap.high()) <= tolerance;
    }
}
