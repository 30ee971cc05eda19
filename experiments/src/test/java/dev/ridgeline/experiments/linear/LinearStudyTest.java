package dev.ridgeline.experiments.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.data.StratifiedSplit;
import dev.ridgeline.experiments.iris.IrisData;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.linear.LogisticModel;
import dev.ridgeline.linear.LogisticRegression;
import dev.ridgeline.report.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearStudyTest {
    private static final LinearStudy STUDY = study(1);

    private static LinearStudy study(int seeds) {
        LabelledRows rows = LabelledRows.iris();
        LinearStudy.Settings settings = new LinearStudy.Settings(seeds, 0.25, 4, 20, 0.5);
        List<PenaltyPath> paths = new ArrayList<>();
        for (Job<PenaltyPath> job : LinearStudy.jobs(42, settings, rows)) {
            try {
                int[] steps = {0};
                paths.add(job.work().run(() -> steps[0]++));
                assertEquals(job.steps(), steps[0]);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return new LinearStudy(42, settings, rows, paths);
    }

    /** What the study shows of a λ is what anyone gets who fits that regression to these rows. */
    @Test
    void aPointIsTheOptimumOfItsPenaltyOnTheRowsToTrainOn() {
        StratifiedSplit split = StratifiedSplit.draw(IrisData.flowers().labels(), 3, 0.25, 42);
        IrisData data = IrisData.of(IrisData.flowers(), split);
        PathPoint point = STUDY.path(LinearPenalty.ELASTIC_NET, 0).chosen();
        assertEquals(point.lambda() / 2, point.l1(), 1e-15);
        assertEquals(point.lambda() / 2, point.l2(), 1e-15);
        LogisticModel model =
                LogisticRegression.elasticNet(point.l1(), point.l2()).fit(data.train());
        assertArrayEquals(model.coefficients(), point.coefficients(), 1e-5);
        assertEquals(model.loss(data.validation()), point.validation().loss(), 1e-6);
        int[] classes = model.classify(data.validation());
        long correct = IntStream.range(0, classes.length)
                .filter(i -> classes[i] == data.validation().labels()[i])
                .count();
        assertEquals(correct / 38.0, point.validation().accuracy());
        assertEquals(112, STUDY.path(LinearPenalty.L1, 0).fitted());
        assertEquals(38, STUDY.path(LinearPenalty.L1, 0).judged());
    }

    @ParameterizedTest
    @EnumSource(LinearPenalty.class)
    void everyPointIsProvedOptimal(LinearPenalty penalty) {
        PenaltyPath path = STUDY.path(penalty, 0);
        assertEquals(20, path.points().size());
        for (int i = 1; i < 20; i++) {
            assertTrue(path.points().get(i).lambda() < path.points().get(i - 1).lambda(), "descending");
        }
        assertTrue(path.largestViolation() < 1e-7, () -> penalty + ": " + path.largestViolation());
    }

    @Test
    void withL1ThePathBeginsWhereAllCoefficientsAreZero() {
        for (LinearPenalty penalty : List.of(LinearPenalty.L1, LinearPenalty.ELASTIC_NET)) {
            List<PathPoint> points = STUDY.path(penalty, 0).points();
            assertEquals(12, points.getFirst().exactZeros(), "up to rounding at lambda max");
            assertTrue(points.get(2).exactZeros() < 12);
            assertTrue(points.getLast().exactZeros() < 7);
        }
        assertTrue(STUDY.path(LinearPenalty.L2, 0).points().stream().allMatch(point -> point.exactZeros() == 0));
    }

    @Test
    void theChosenModelHasTheLowestLossOfCrossValidation() {
        PenaltyPath path = STUDY.path(LinearPenalty.L1, 0);
        double least = path.points().stream()
                .mapToDouble(PathPoint::crossValidationLoss)
                .min()
                .orElseThrow();
        assertEquals(least, path.chosen().crossValidationLoss());
        assertTrue(path.chosen().crossValidationError() > 0);
        assertTrue(least > path.chosen().train().loss(), "rows that a model has not seen are harder");
    }

    /** The loss of a fold is that of a model fitted to the others, in the scale of the others. */
    @Test
    void crossValidationJudgesByRowsThatTheModelHasNotSeen() {
        LabelledRows rows = LabelledRows.iris();
        List<Dataset> judges = new ArrayList<>();
        LabelledRows spied = new LabelledRows(
                rows.name(),
                rows.features(),
                rows.classes(),
                rows.labels(),
                rows.digest(),
                rows.notes(),
                (fit, judge) -> {
                    assertTrue(Arrays.stream(judge).noneMatch(row -> Arrays.binarySearch(fit, row) >= 0));
                    assertEquals(30, fit.length + judge.length);
                    LabelledRows.Parts parts = rows.standardized(fit, judge);
                    judges.add(parts.judge());
                    return parts;
                });
        int[] members = IntStream.range(0, 30).map(i -> 5 * i).toArray();
        double[] lambdas = {0.1, 0.01};
        CrossValidation found = CrossValidation.of(LogisticRegression.l2(1), lambdas, spied, members, 3, 42, () -> {});
        assertEquals(3, judges.size());
        assertArrayEquals(new int[] {10, 10, 10}, found.sizes());
        double mean = (found.losses()[0][1] + found.losses()[1][1] + found.losses()[2][1]) / 3;
        assertEquals(mean, found.loss(1), 1e-12);
        double squares = Arrays.stream(found.losses())
                .mapToDouble(fold -> (fold[1] - mean) * (fold[1] - mean))
                .sum();
        assertEquals(Math.sqrt(squares / 2 / 3), found.error(1), 1e-12);
    }

    @Test
    void aPathIsKeptToTheLastBit() {
        PenaltyPath path = STUDY.path(LinearPenalty.L1, 0);
        PenaltyPath back = PenaltyPath.CODEC
                .read()
                .apply(Json.read(Json.line(PenaltyPath.CODEC.write().apply(path))));
        LinearStudy read = new LinearStudy(
                42,
                STUDY.settings(),
                STUDY.rows(),
                List.of(back, STUDY.path(LinearPenalty.L2, 0), STUDY.path(LinearPenalty.ELASTIC_NET, 0)));
        assertEquals(STUDY.digest(), read.digest());
        assertEquals(path.best(), back.best());
        assertEquals(LinearTable.rows(STUDY), LinearTable.rows(read));
        assertEquals(LinearTable.proof(STUDY), LinearTable.proof(read));
        assertEquals(LinearFiles.history(STUDY), LinearFiles.history(read));
    }

    @Test
    void zerosAreCountedOverTheSplits() {
        LinearStudy three = study(3);
        List<String> header = LinearTable.coefficientsHeader(three);
        assertEquals(List.of("class", "feature", "L1", "zero in", "L2", "zero in", "elastic net", "zero in"), header);
        int zeros = 0;
        for (int i = 0; i < 12; i++) {
            zeros += (int) three.zeros(LinearPenalty.L1, i);
            assertEquals(0, three.zeros(LinearPenalty.L2, i));
        }
        assertEquals(
                3 * three.distribution(LinearPenalty.L1, PathPoint::exactZeros).mean(), zeros, 1e-9);
        assertTrue(LinearPage.lead(three).contains("mean \u00b1 standard deviation over 3 splits"));
        assertTrue(zeros > 0);
    }

    @Test
    void rowsWithoutAnythingToLearnAreRefused() {
        Dataset constant = Dataset.classification(
                1, new float[20], 2, IntStream.range(0, 20).map(i -> i % 2).toArray());
        String message = assertThrows(IllegalArgumentException.class, () -> LinearPenalty.L1.lambdas(constant, 0.5, 10))
                .getMessage();
        assertTrue(message.contains("no feature tells the classes apart in the 20 rows"), message);
    }
}
