package dev.ridgeline.experiments.fashion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.image.ImageData;
import dev.ridgeline.experiments.image.PublicImages;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.report.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FashionStudyTest {
    private static final FashionStudy.Plan PLAN = new FashionStudy.Plan(List.of(16), 8, new long[] {42, 43});
    private static final ImageData SAMPLE = ImageData.sample();

    private static List<FashionRun> run(List<Job<FashionRun>> jobs) throws Exception {
        List<FashionRun> runs = new ArrayList<>();
        for (Job<FashionRun> job : jobs) {
            int[] steps = new int[1];
            runs.add(job.work().run(() -> steps[0]++));
            assertEquals(job.steps(), steps[0], "progress reaches its end, stopped or not");
        }
        return runs;
    }

    @Test
    void everyModelIsTrainedWithEverySeed() throws Exception {
        FashionStudy study = new FashionStudy(PLAN, SAMPLE, run(FashionStudy.jobs(PLAN, SAMPLE)));
        assertEquals(12, study.runs().size());
        for (FashionModel kind : FashionModel.values()) {
            List<FashionRun> runs = study.runs(kind);
            assertEquals(2, runs.size());
            runs.forEach(run -> assertEquals(kind.title(), run.trained().name()));
            assertNotEquals(
                    runs.get(0).trained().digest(), runs.get(1).trained().digest());
            assertTrue(study.accuracy(kind).mean() > 0.4, kind + " learns");
            assertEquals(
                    study.loss(kind).mean() - study.loss(FashionModel.BASELINE).mean(),
                    study.difference(kind, study::loss).mean(),
                    1e-12);
        }
        assertEquals(6, study.models().size());
        assertEquals(64, study.digest().length());
        FashionRun baseline = study.runs(FashionModel.BASELINE).getFirst();
        assertEquals(baseline.trained().validation().loss(), baseline.test().loss(), "the test images stand in");
        FashionRun stopping = study.runs(FashionModel.EARLY_STOPPING).getFirst();
        assertNotEquals(stopping.trained().validation().loss(), stopping.test().loss(), "but not there");
        assertEquals(16 * 784, Arrays.stream(baseline.weights().counts()).sum());
    }

    /** What stops the training must not be the test images: other test images change nothing. */
    @Test
    void earlyStoppingDoesNotSeeTheTestImages() throws Exception {
        Dataset other = SAMPLE.test().select(3, 200, 77);
        ImageData changed = new ImageData("changed", Optional.empty(), 28, 28, SAMPLE.train(), other);
        List<Job<FashionRun>> before = stopping(FashionStudy.jobs(PLAN, SAMPLE));
        List<Job<FashionRun>> after = stopping(FashionStudy.jobs(PLAN, changed));
        assertEquals(2, before.size());
        assertEquals(
                run(before).getFirst().trained().digest(),
                run(after).getFirst().trained().digest());
    }

    private static List<Job<FashionRun>> stopping(List<Job<FashionRun>> jobs) {
        return jobs.stream()
                .filter(job -> job.configuration().get("model").equals(FashionModel.EARLY_STOPPING.title()))
                .toList();
    }

    @Test
    void theLossOnHeldOutImagesStopsTheTraining() throws Exception {
        FashionStudy.Plan plan = new FashionStudy.Plan(List.of(64), 50, new long[] {1});
        FashionRun run = run(stopping(FashionStudy.jobs(plan, SAMPLE))).getFirst();
        assertTrue(run.trained().epochs() < 50, "stopped after " + run.trained().epochs());
        double least = run.trained().history().epochs().stream()
                .mapToDouble(epoch -> epoch.validationLoss())
                .min()
                .orElseThrow();
        assertEquals(least, run.trained().validation().loss(), "the best epoch's weights are kept");
    }

    @Test
    void aTenthOfEachClassIsHeldOutButNeverAllOfIt() {
        int[] labels = new int[25 + 20 + 3 + 2 + 1];
        Arrays.fill(labels, 25, 45, 1);
        Arrays.fill(labels, 45, 48, 2);
        Arrays.fill(labels, 48, 50, 3);
        Arrays.fill(labels, 50, 51, 4);
        int[][] split = FashionStudy.holdOut(Dataset.classification(1, new float[51], 6, labels));
        assertArrayEquals(new int[] {23, 24, 43, 44, 47, 49}, split[1]);
        assertEquals(51 - 6, split[0].length);
        assertEquals(
                51,
                IntStream.concat(Arrays.stream(split[0]), Arrays.stream(split[1]))
                        .distinct()
                        .count());
    }

    @Test
    void imagesOfWhichNoneCanBeHeldOutAreRefused() {
        Dataset two = SAMPLE.train().select(0, 100);
        ImageData data = new ImageData("two", Optional.empty(), 28, 28, two, SAMPLE.test());
        String message = assertThrows(IllegalArgumentException.class, () -> FashionStudy.jobs(PLAN, data))
                .getMessage();
        assertEquals(
                "No class has two training images, so that early stopping can hold out none; give more images",
                message);
    }

    @Test
    void aRunThatIsReadBackIsTheRunThatWasWritten() throws Exception {
        FashionRun run = run(FashionStudy.jobs(PLAN, SAMPLE).subList(0, 1)).getFirst();
        FashionRun back = FashionRun.CODEC
                .read()
                .apply(Json.read(Json.line(FashionRun.CODEC.write().apply(run))));
        assertEquals(run.test().loss(), back.test().loss());
        assertEquals(run.test().accuracy(), back.test().accuracy());
        assertArrayEquals(run.weights().counts(), back.weights().counts());
        assertEquals(run.trained().digest(), back.trained().digest());
        assertEquals(run.trained().toMap(), back.trained().toMap());
    }

    /** The published figures belong to the whole of Fashion-MNIST and one hidden layer of 128 units. */
    @Test
    void thePublishedFiguresStandBesideTheirOwnDataAlone() throws Exception {
        FashionStudy.Plan plan = new FashionStudy.Plan(List.of(128), 1, new long[] {42});
        ImageData whole = new ImageData(
                "Fashion-MNIST", Optional.of(PublicImages.FASHION_MNIST), 28, 28, SAMPLE.train(), SAMPLE.test());
        List<FashionRun> runs = run(FashionStudy.jobs(plan, whole));
        FashionStudy published = new FashionStudy(plan, whole, runs);
        assertTrue(published.isPublished());
        assertTrue(new FashionTable(published)
                .text()
                .lines()
                .anyMatch(line -> line.matches("baseline .* 0\\.8761 +0\\.3747")));
        assertTrue(
                new FashionTable(published).text().lines().anyMatch(line -> line.matches("L2 .* 0\\.8551 +0\\.4767")));
        assertTrue(new FashionTable(published)
                .text()
                .lines()
                .anyMatch(line -> line.matches("dropout .* 0\\.8690 +0\\.3585")));
        assertFalse(new FashionStudy(plan, SAMPLE, runs).isPublished());
        FashionStudy.Plan other = new FashionStudy.Plan(List.of(64), 1, new long[] {42});
        assertFalse(new FashionStudy(other, whole, runs).isPublished());
    }
}
