package dev.ridgeline.bench.cost;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one number differs between two runs.
 *
 * @param before the number in the first run: nanoseconds of a step, or its overhead as a fraction
 * @param after the same in the second run
 * @param change the difference with its 95 % interval: of times as a fraction of the first, of overheads in fractions of
 *     the step without a regularizer; null where a run has one fork alone
 * @param p the p-value of "no difference", Holm-adjusted over all numbers of this kind in the comparison
 * @param equivalenceP the p-value of "they differ by the margin or more", adjusted likewise
 * @param floor the larger noise floor of the two runs, for times also that of the ruler
 * @param outcome what that amounts to
 */
public record Difference(
        double before, double after, Interval change, double p, double equivalenceP, double floor, Outcome outcome) {

    /**
     * Judges a difference.
     *
     * @param before the number in the first run
     * @param after the same in the second run
     * @param change the difference with its interval
     * @param p the adjusted p-value of no difference
     * @param equivalenceP the adjusted p-value of a difference of the margin or more
     * @param floor the noise floor
     * @param margin what differs by less is equivalent
     */
    static Difference judge(
            double before, double after, Interval change, double p, double equivalenceP, double floor, double margin) {
        Outcome outcome = Outcome.CANNOT_TELL;
        if (equivalenceP <= Verdict.LEVEL && floor <= margin) {
            outcome = Outcome.EQUIVALENT;
        } else if (p <= Verdict.LEVEL && Math.abs(change.mean()) > floor) {
            outcome = change.mean() > 0 ? Outcome.SLOWER : Outcome.FASTER;
        }
        return new Difference(before, after, change, p, equivalenceP, floor, outcome);
    }

    /** Returns a difference of numbers of which one has no error known. */
    static Difference unknown(double before, double after, double floor) {
        return new Difference(before, after, null, 1, 1, floor, Outcome.CANNOT_TELL);
    }

    /** Returns the difference as it stands in a JSON file. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("before", before);
        map.put("after", after);
        map.put(
                "changePercent",
                change == null ? null : change.map(c -> 100 * c).toMap());
        map.put("adjustedP", p);
        map.put("adjustedEquivalenceP", equivalenceP);
        map.put("floorPercent", 100 * floor);
        map.put("outcome", outcome);
        return map;
    }
}
