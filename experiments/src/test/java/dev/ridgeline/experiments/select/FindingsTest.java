package dev.ridgeline.experiments.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.cost.SampleMean;
import dev.ridgeline.experiments.data.Task;
import dev.ridgeline.train.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final Plan PLAN =
            new Plan(new Network(4, List.of(8), 2, Loss.SOFTMAX_CROSS_ENTROPY), 5, 2, 3, 10, 32, 42);

    /** What a recipe does on a split: its loss on the inner folds, and on the rows that judge. */
    private record Figures(double inner, double outer) {}

    private interface Behaviour {
        Figures of(Recipe recipe, int split);
    }

    /** L2 0.3 looks best inside, and is the worst on the rows that judge: the reported loss must be this one. */
    @Test
    void theStrengthIsChosenInsideAndJudgedOutside() {
        Findings findings = findings((recipe, split) -> {
            if (recipe.equals(Recipe.l2(0.3f))) {
                return new Figures(0.1, 0.9 + 0.01 * split);
            }
            return new Figures(0.5, recipe.equals(Recipe.l2(0.01f)) ? 0.2 : 0.4);
        });
        Finding l2 = findings.of(Candidate.L2);
        assertEquals(0.945, l2.loss(), 1e-12, "not 0.2, the lowest that any strength has");
        assertEquals(Recipe.l2(0.01f), l2.recipe(), "for the whole table, what is best over all splits");
        assertFalse(l2.atEdge());
        assertEquals(0.4, findings.of(Candidate.NONE).loss(), 1e-12);
        assertTrue(l2.harmful());
    }

    @Test
    void earlyStoppingIsReadOffTheTrainingOfNone() {
        Findings findings = findings((recipe, split) -> new Figures(0.5, 0.5), 0.01);
        Finding stopping = findings.of(Candidate.EARLY_STOPPING);
        // losses fall by 0.01 with each checkpoint, so the last one before the end is chosen
        int[] checkpoints = PLAN.checkpoints();
        assertEquals(checkpoints[checkpoints.length - 2], stopping.recipe().epochs());
        assertEquals(0.51, stopping.loss(), 1e-12);
        assertTrue(stopping.atEdge());
        assertEquals(-0.01, stopping.benefit().mean(), 1e-12);
    }

    /** Nadeau and Bengio: ten differences, s² = 1, five folds: the squared error is 1/10 + 1/4. */
    @Test
    void sharedTrainingRowsWidenTheError() {
        double[] differences = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
        double s2 = 10.0 / 9;
        SampleMean mean = Findings.corrected(differences, 5);
        assertEquals(Math.sqrt(s2 * (0.1 + 0.25)), mean.error(), 1e-12);
        assertEquals(0, mean.mean());
    }

    @Test
    void anIntervalContainsZeroExactlyIfNothingIsProven() {
        SplittableRandom random = new SplittableRandom(1);
        int proven = 0;
        for (int run = 0; run < 40; run++) {
            double step = 0.1 * run / 40;
            Findings findings = findings((recipe, split) ->
                    new Figures(0.5, 0.5 - step * Math.floorMod(recipe.hashCode(), 3) + 0.05 * random.nextDouble()));
            for (Finding finding : findings.compared()) {
                boolean without =
                        finding.benefit().low() > 0 || finding.benefit().high() < 0;
                assertEquals(finding.p() <= Finding.LEVEL, without);
                assertEquals(without, finding.proven() || finding.harmful());
                proven += without ? 1 : 0;
            }
        }
        assertTrue(proven > 20 && proven < 40 * 12 - 20, "both happen: " + proven);
    }

    /** Where no candidate does anything, at most one table in twenty may say that one does. */
    @Test
    void noiseAloneProvesNothing() {
        SplittableRandom random = new SplittableRandom(2);
        int claims = 0;
        for (int run = 0; run < 100; run++) {
            Findings findings = findings((recipe, split) -> new Figures(0.5, 0.5 + 0.1 * random.nextDouble()));
            claims += findings.compared().stream().anyMatch(f -> f.proven() || f.harmful()) ? 1 : 0;
        }
        assertTrue(claims <= 5, claims + " of 100");
    }

    /** Losses that are the same at all checkpoints, so that stopping early makes no difference. */
    private static Findings findings(Behaviour behaviour) {
        return findings(behaviour, 0);
    }

    /** Losses that reach the figures at the last checkpoint, and are higher by {@code fall} with each before. */
    private static Findings findings(Behaviour behaviour, double fall) {
        List<List<Trial>> trials = new ArrayList<>();
        for (Recipe recipe : Candidate.allTrained()) {
            trials.add(IntStream.range(0, 10)
                    .mapToObj(split -> trial(behaviour.of(recipe, split), fall))
                    .toList());
        }
        return Findings.of(PLAN, Task.CLASSIFICATION, trials);
    }

    private static Trial trial(Figures figures, double fall) {
        int n = PLAN.checkpoints().length;
        Function<Double, double[]> falling = end ->
                IntStream.range(0, n).mapToDouble(c -> end + fall * (n - 1 - c)).toArray();
        double[] losses = falling.apply(figures.outer);
        double[] inner = falling.apply(figures.inner);
        return new Trial(losses, losses, losses, losses, List.of(inner, inner, inner), 1, "digest");
    }
}
