package dev.ridgeline.experiments.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.bench.cost.SampleMean;
import dev.ridgeline.bench.cost.Verdict;
import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.experiments.data.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of benefits and prices: dominance and the choice. */
class OfferTest {
    @TempDir
    private Path folder;

    @Test
    void ofProvenBenefitsTheCheapestWithinOneStandardErrorIsChosen() {
        Offer none = offer(Candidate.NONE, 1, 0, Double.NaN, 0, Verdict.FREE);
        Offer best = offer(Candidate.DROPOUT, 0.50, 0.01, 0.001, 0.2, Verdict.COSTS);
        Offer near = offer(Candidate.L2, 0.501, 0.01, 0.001, 0.02, Verdict.COSTS);
        Offer far = offer(Candidate.L1, 0.60, 0.01, 0.001, 0.01, Verdict.COSTS);
        Offer unproven = offer(Candidate.NOISE, 0.40, 0.2, 0.2, 0, Verdict.FREE);
        Choice choice = Choice.of(List.of(none, best, near, far, unproven), plan());
        assertEquals(Candidate.L2, choice.offer().candidate());
        assertTrue(choice.proven());
        assertTrue(choice.reason().contains("from 1.0000 to 0.5010 (by 0.4990"), choice.reason());
        assertTrue(
                choice.reason()
                        .contains("Of 3 candidates with a proven benefit 2 are within one standard error of the"
                                + " best, dropout (0.5000); of these none costs measurably less per step."),
                choice.reason());
        Choice alone = Choice.of(List.of(none, best, far), plan());
        assertEquals(Candidate.DROPOUT, alone.offer().candidate());
        assertTrue(alone.reason().endsWith("No other candidate lowers it more."), alone.reason());
    }

    /** Overheads that the measurement cannot tell from nothing are no reason to choose. */
    @Test
    void aPriceThatCannotBeToldCountsAsNone() {
        Offer none = offer(Candidate.NONE, 1, 0, Double.NaN, 0, Verdict.FREE);
        Offer best = offer(Candidate.L2, 0.50, 0.01, 0.001, 0.05, Verdict.CANNOT_TELL);
        Offer near = offer(Candidate.L1, 0.501, 0.01, 0.001, 0.01, Verdict.FREE_MEASURABLE);
        assertEquals(0, best.price());
        assertEquals(
                Candidate.L2,
                Choice.of(List.of(none, best, near), plan()).offer().candidate());
    }

    @Test
    void withoutAProvenBenefitNoneIsChosenAndTheReasonSaysSo() {
        Offer none = offer(Candidate.NONE, 1, 0, Double.NaN, 0, Verdict.FREE);
        Offer lucky = offer(Candidate.DROPOUT, 0.9, 0.2, 0.4, 0.2, Verdict.COSTS);
        Offer harmful = offer(Candidate.L1, 1.5, 0.01, 0.001, 0.2, Verdict.COSTS);
        Choice choice = Choice.of(List.of(none, lucky, harmful), plan());
        assertEquals(Candidate.NONE, choice.offer().candidate());
        assertFalse(choice.proven());
        assertTrue(
                choice.reason()
                        .startsWith(
                                "No difference that this data can show: no candidate's benefit is proven. The"
                                        + " largest, dropout, is 0.1000 with the interval -0.1000 to 0.3000, which contains 0."),
                choice.reason());
    }

    /** The measured steps of a small model: what is dominated follows from benefit and price. */
    @Test
    void eachCandidateIsMeasuredAndDominanceFollows() throws Exception {
        Table table = Tables.read(Tables.classes(folder, 40));
        Plan plan = Plan.of(table, Network.of(table, List.of(8)), 2, 1, 3, 42);
        List<List<Trial>> trials = Candidate.allTrained().stream()
                .map(recipe -> plan.splits(table).stream()
                        .map(split -> Trial.run(plan, table, split, recipe))
                        .toList())
                .toList();
        Findings findings = Findings.of(plan, Task.CLASSIFICATION, trials);
        StepCost cost = StepCost.measure(plan, rows(table), findings.all(), 3, 1e5, 1_000_000);
        List<Offer> offers = Offer.of(findings, cost, plan.stepsPerEpoch(table.rows()));
        assertEquals(Candidate.values().length, offers.size());
        for (Offer offer : offers) {
            assertTrue(offer.stepNanos() > 0, offer.candidate().title());
            boolean better = offers.stream()
                    .anyMatch(o -> o.shownBenefit() >= offer.shownBenefit()
                            && o.price() <= offer.price()
                            && (o.shownBenefit() > offer.shownBenefit() || o.price() < offer.price()));
            assertEquals(better, offer.dearStep(), offer.candidate().title());
            assertEquals(
                    offer.stepNanos() * 2 * offer.finding().bestEpoch() / 1e9, offer.secondsToBest(), 1e-12, "2 steps");
        }
        Offer none = offers.getFirst();
        Offer stopped = offers.get(Candidate.EARLY_STOPPING.ordinal());
        assertEquals(none.stepNanos(), stopped.stepNanos(), "the same step");
        assertEquals(new Interval(0, 0, 0), stopped.overhead());
    }

    private static dev.ridgeline.data.Dataset rows(Table table) {
        return dev.ridgeline.experiments.data.Preprocessing.fit(table, table.allRows())
                .transform(table.allRows());
    }

    private Plan plan() {
        return new Plan(
                new Network(4, List.of(8), 2, dev.ridgeline.train.Loss.SOFTMAX_CROSS_ENTROPY), 5, 2, 3, 10, 32, 42);
    }

    /** A candidate with a loss on ten splits that differ as those of all do, and a little of its own. */
    private static Offer offer(
            Candidate candidate, double loss, double halfWidth, double p, double overhead, Verdict verdict) {
        double[] losses = new double[10];
        Arrays.setAll(losses, s -> loss + 0.002 * (s % 2 == 0 ? 1 : -1) * (candidate.ordinal() % 3));
        double benefit = 1 - loss;
        Finding finding = new Finding(
                candidate,
                Recipe.NONE,
                false,
                losses,
                loss,
                0.5,
                0,
                0,
                Double.NaN,
                new SampleMean(benefit, halfWidth / 3, 10),
                new Interval(benefit, benefit - halfWidth, benefit + halfWidth),
                p,
                10);
        Interval price = new Interval(overhead, overhead - 0.001, overhead + 0.001);
        return new Offer(finding, 1000, price, verdict, 1, false, false);
    }
}
