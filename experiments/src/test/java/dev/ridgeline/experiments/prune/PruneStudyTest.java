package dev.ridgeline.experiments.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.experiments.prune.PruneStudy.Line;
import dev.ridgeline.experiments.prune.PrunedModel.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PruneStudyTest {
    private static final PrunePlan PLAN = new PrunePlan(List.of(PruneData.IRIS), 2, 0);

    /** Makes a study of which each line has these accuracies at 112, 56, 14 and 7 weights; magnitude has those of its own. */
    private static PruneStudy study(double[] magnitude, double[][] others) {
        int[] weights = {112, 56, 14, 7};
        List<PrunedModel> models = new ArrayList<>();
        for (Line line : PruneStudy.lines(PLAN)) {
            for (int s = 0; s < 2; s++) {
                double[] accuracies = line.method() == PruneMethod.MAGNITUDE ? magnitude : others[s];
                List<Point> points = new ArrayList<>();
                for (int k = 0; k < weights.length; k++) {
                    points.add(new Point(weights[k], 0, accuracies[k]));
                }
                models.add(new PrunedModel(line.data(), line.method(), line.retrained(), s, "digest", points));
            }
        }
        return new PruneStudy(0, PLAN, models, List.of());
    }

    @Test
    void neededAreTheFewestWeightsBeforeTheFall() {
        double[][] others = {{0.96, 0.95, 0.80, 0.95}, {0.96, 0.93, 0.90, 0.95}};
        PruneStudy study = study(new double[] {0.95, 0.9, 0.5, 0.3}, others);
        Line damage = new Line(PruneData.IRIS, PruneMethod.DAMAGE, true);
        assertEquals(56, study.needed(damage).weights(), "94 % on average; what comes after the fall does not count");
        assertEquals(
                112,
                study.needed(new Line(PruneData.IRIS, PruneMethod.MAGNITUDE, true))
                        .weights());
        assertEquals(0.94, study.levels(damage).get(1).accuracy().mean(), 1e-12);
        assertEquals(0.5, study.levels(damage).get(1).left());
    }

    @Test
    void methodsAreComparedSeedBySeedAtOneEighth() {
        double[][] others = {{0.95, 0.9, 0.8, 0.3}, {0.95, 0.9, 0.6, 0.3}};
        PruneStudy study = study(new double[] {0.95, 0.9, 0.5, 0.3}, others);
        Line units = new Line(PruneData.IRIS, PruneMethod.UNITS, false);
        assertEquals(14, study.compared(units).weights());
        assertArrayEquals(new double[] {0.3, 0.1}, study.overMagnitude(units).values(), 1e-12);
        List<String> row = PruneTable.rows(study).get(4);
        assertEquals(List.of("Iris, units", "95.0", "112", "100.0 %", "70.0", "20.0", "[-107.1, 147.1]"), row);
    }

    @Test
    void eachLineHasItsTitle() {
        List<String> titles = PruneStudy.lines(PLAN).stream().map(Line::title).toList();
        assertEquals(10, titles.size());
        assertEquals("Iris, magnitude", titles.getFirst());
        assertEquals("Iris, units, retrained", titles.getLast());
    }
}
