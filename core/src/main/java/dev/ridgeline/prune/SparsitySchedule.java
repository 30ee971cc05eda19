package dev.ridgeline.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which fraction shall be zero after each round of pruning.
 *
 * @param fractions at least one, each within 0 and 1 and none below the one before it; copied
 */
public record SparsitySchedule(List<Double> fractions) {
    /** Copies and checks the fractions. */
    public SparsitySchedule {
        fractions = List.copyOf(fractions);
        if (fractions.isEmpty()) {
            throw new IllegalArgumentException("SparsitySchedule: there is no round; give at least one fraction");
        }
        double before = 0;
        for (int i = 0; i < fractions.size(); i++) {
            double fraction = fractions.get(i);
            if (!(fraction >= before && fraction <= 1)) {
                throw new IllegalArgumentException("SparsitySchedule: the fraction of round " + (i + 1) + " is "
                        + fraction + "; it must be within " + before + ", that of the round before, and 1");
            }
            before = fraction;
        }
    }

    /**
     * Takes the fractions as they are.
     *
     * @param fractions one for each round
     * @return the schedule
     */
    public static SparsitySchedule of(double... fractions) {
        return new SparsitySchedule(Arrays.stream(fractions).boxed().toList());
    }

    /**
     * Prunes much while weights are plenty and ever less towards the end: in round t of n the fraction is s_f + (s_i -
     * s_f)·(1 - t/n)³, t = 1..n.
     *
     * <p>Source: M. Zhu and S. Gupta, "To prune, or not to prune", 2017, equation 1; its first point, t = 0, is the model
     * as it is.
     *
     * @param initial s_i, the fraction before the first round, usually 0
     * @param end s_f, the fraction after the last
     * @param rounds n, at least 1
     * @return the schedule
     * @throws IllegalArgumentException if they are not 0 ≤ initial ≤ end ≤ 1, or there is no round
     */
    public static SparsitySchedule cubic(double initial, double end, int rounds) {
        if (!(initial >= 0 && initial <= end && end <= 1)) {
            throw new IllegalArgumentException("SparsitySchedule: from " + initial + " to " + end
                    + "; both are fractions within 0 and 1, the first at most the second");
        }
        List<Double> fractions = new ArrayList<>();
        for (int t = 1; t <= rounds; t++) {
            double left = 1 - (double) t / rounds;
            fractions.add(end + (initial - end) * (left * left * left));
        }
        return new SparsitySchedule(fractions);
    }
}
