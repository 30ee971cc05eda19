package dev.ridgeline.experiments.select;

import dev.ridgeline.bench.cost.Estimate;
import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.bench.cost.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A candidate with what it buys and what it costs.
 *
 * @param finding what it buys
 * @param stepNanos the time of a step, in nanoseconds
 * @param overhead what it adds to a step, as a fraction, with its 95 % interval; 0 where nothing is added
 * @param verdict what the measurement says of the overhead; {@link Verdict#FREE} where nothing is added
 * @param secondsToBest how long the training takes until its loss is lowest
 * @param dearStep another candidate buys at least as much and costs no more per step
 * @param dearTime another candidate buys at least as much and is at its best no later
 */
record Offer(
        Finding finding,
        double stepNanos,
        Interval overhead,
        Verdict verdict,
        double secondsToBest,
        boolean dearStep,
        boolean dearTime) {
    /**
     * Puts benefits and prices together.
     *
     * @param findings the benefits
     * @param cost the prices of a step
     * @param stepsPerEpoch the steps of an epoch
     * @return an offer for each finding, in their order
     */
    static List<Offer> of(Findings findings, StepCost cost, int stepsPerEpoch) {
        List<Offer> offers = new ArrayList<>();
        for (Finding finding : findings.all()) {
            Estimate estimate = cost.estimates().get(finding.candidate());
            boolean bare = estimate.overhead() == null;
            double nanos = estimate.nanosPerStep().mean();
            offers.add(new Offer(
                    finding,
                    nanos,
                    bare ? new Interval(0, 0, 0) : estimate.overhead().fraction(),
                    bare ? Verdict.FREE : estimate.verdict(),
                    nanos * stepsPerEpoch * finding.bestEpoch() / 1e9,
                    false,
                    false));
        }
        return offers.stream()
                .map(offer -> offer.marked(
                        dominated(offer, offers, Offer::price), dominated(offer, offers, Offer::secondsToBest)))
                .toList();
    }

    private Offer marked(boolean step, boolean time) {
        return new Offer(finding, stepNanos, overhead, verdict, secondsToBest, step, time);
    }

    private static boolean dominated(Offer offer, List<Offer> offers, ToDoubleFunction<Offer> price) {
        return offers.stream()
                .anyMatch(other -> other.shownBenefit() >= offer.shownBenefit()
                        && price.applyAsDouble(other) <= price.applyAsDouble(offer)
                        && (other.shownBenefit() > offer.shownBenefit()
                                || price.applyAsDouble(other) < price.applyAsDouble(offer)));
    }

    Candidate candidate() {
        return finding.candidate();
    }

    /** Returns by how much the loss is lower than that of none. */
    double benefit() {
        return finding.benefit().mean();
    }

    /** Returns the benefit; 0 if the table does not show that there is one, or a harm. */
    double shownBenefit() {
        return finding.proven() || finding.harmful() ? benefit() : 0;
    }

    /** Returns the overhead of a step as a fraction; 0 if the measurement cannot tell it from nothing. */
    double price() {
        return verdict == Verdict.COSTS || verdict == Verdict.SAVES ? overhead.mean() : 0;
    }
}
