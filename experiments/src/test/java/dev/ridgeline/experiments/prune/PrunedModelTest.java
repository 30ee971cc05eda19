package dev.ridgeline.experiments.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.report.Json;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrunedModelTest {
    private static final PrunePlan PLAN = new PrunePlan(List.of(PruneData.IRIS), 1, 30);

    private static PrunedModel pruned(PruneMethod method, boolean retrained) throws Exception {
        return PrunedModel.job(PLAN, PruneData.IRIS, method, retrained, 42)
                .work()
                .run(() -> {});
    }

    private static List<Integer> weights(PrunedModel model) {
        return model.points().stream().map(PrunedModel.Point::weights).toList();
    }

    /** 4 x 16 + 16 x 3 weights; every method leaves the same numbers of them. */
    @ParameterizedTest
    @EnumSource(names = "UNITS", mode = EnumSource.Mode.EXCLUDE)
    void singleWeightsGoInStepsOfTheSquareRoot(PruneMethod method) throws Exception {
        for (boolean retrained : new boolean[] {false, true}) {
            assertEquals(
                    List.of(112, 79, 56, 40, 28, 20, 14, 10, 7, 5, 3, 2),
                    weights(pruned(method, retrained)).stream().distinct().toList());
        }
    }

    /** Seven weights a unit, and one unit stays. */
    @Test
    void unitsTakeTheirWeightsAlong() throws Exception {
        PrunedModel units = pruned(PruneMethod.UNITS, false);
        assertEquals(List.of(112, 77, 56, 42, 28, 21, 14, 7), weights(units));
    }

    @Test
    void retrainingStartsFromTheSameModelAndMakesItBetter() throws Exception {
        PrunedModel not = pruned(PruneMethod.MAGNITUDE, false);
        PrunedModel retrained = pruned(PruneMethod.MAGNITUDE, true);
        assertEquals(not.points().getFirst(), retrained.points().getFirst());
        assertNotEquals(not.digest(), retrained.digest());
        for (int k = 4; k <= 8; k++) {
            assertTrue(
                    retrained.points().get(k).loss() < not.points().get(k).loss(),
                    k + ": " + retrained.points().get(k) + ", " + not.points().get(k));
        }
    }

    /** The surgeon moves the other weights, so that the loss hardly rises where magnitude's does. */
    @Test
    void theSurgeonNeedsNoRetraining() throws Exception {
        double surgeon = pruned(PruneMethod.SURGEON, false).points().get(5).loss();
        double magnitude = pruned(PruneMethod.MAGNITUDE, false).points().get(5).loss();
        assertTrue(surgeon < 0.7 * magnitude, surgeon + ", magnitude " + magnitude);
    }

    @Test
    void weightEliminationIsInTheTraining() throws Exception {
        PrunedModel plain = pruned(PruneMethod.MAGNITUDE, false);
        PrunedModel eliminated = pruned(PruneMethod.ELIMINATION, false);
        assertNotEquals(
                plain.points().getFirst().loss(), eliminated.points().getFirst().loss());
        assertEquals(
                plain.points().getFirst(),
                pruned(PruneMethod.DAMAGE, false).points().getFirst());
    }

    @Test
    void itIsKeptAsItIsAndCountsItsSteps() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        var job = PrunedModel.job(PLAN, PruneData.IRIS, PruneMethod.UNITS, false, 3);
        PrunedModel model = job.work().run(steps::incrementAndGet);
        assertEquals(job.steps(), steps.get());
        String kept = Json.line(PrunedModel.CODEC.write().apply(model));
        assertEquals(model, PrunedModel.CODEC.read().apply(Json.read(kept)));
    }

    @Test
    void theImagesHaveNoSurgeonAndDerivativesOfEachClass() {
        assertEquals(4, PruneData.IMAGES.methods().size());
        assertTrue(PruneData.IRIS.methods().contains(PruneMethod.SURGEON));
        PruneData.Rows rows = PruneData.IMAGES.rows(1);
        assertEquals(100, rows.derivatives().rows());
        int[] count = new int[PruneData.IMAGES.classes()];
        for (int label : rows.derivatives().labels()) {
            count[label]++;
        }
        for (int number : count) {
            assertEquals(10, number);
        }
    }
}
