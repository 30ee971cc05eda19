package dev.ridgeline.experiments.fashion;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.image.IdxFiles;
import dev.ridgeline.experiments.image.ImageData;
import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.Job;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accuracy and loss on test images against those of the same models in PyTorch 2.13 (Glorot's initial weights, Adam with
 * η 0.001 and ε 10⁻⁷, batches of 32): no cell of the table may differ by Welch's test at α = 0.01 with Holm's correction
 * over the cells. Few seeds in the suite; {@code -Dparity.seeds=20} for a sharper test, which prints its table, and {@code
 * -Dparity.mnist=DIR} for MNIST's 10,000 test images, which are not in this jar: DIR holds {@code
 * t10k-images-idx3-ubyte.gz} and {@code t10k-labels-idx1-ubyte.gz}.
 */
class AccuracyParityTest {
    private static final String SEEDS = "parity.seeds";
    private static final double ALPHA = 0.01;

    @TempDir
    private Path folder;

    /** Mean and standard deviation over the reference's seeds. */
    private record Reference(FashionModel model, double accuracy, double accuracySd, double loss, double lossSd) {}

    private static final List<Reference> SAMPLE = List.of(
            new Reference(FashionModel.BASELINE, 0.790, 0.009, 0.830, 0.014),
            new Reference(FashionModel.L2, 0.776, 0.014, 0.683, 0.029),
            new Reference(FashionModel.L1, 0.791, 0.016, 0.760, 0.031),
            new Reference(FashionModel.DROPOUT, 0.801, 0.015, 0.692, 0.022),
            new Reference(FashionModel.BATCH_NORM, 0.783, 0.020, 0.875, 0.077));

    private static final List<Reference> MNIST = List.of(
            new Reference(FashionModel.BASELINE, 0.963, 0.004, 0.152, 0.016),
            new Reference(FashionModel.L2, 0.938, 0.010, 0.220, 0.015),
            new Reference(FashionModel.L1, 0.957, 0.004, 0.145, 0.003),
            new Reference(FashionModel.DROPOUT, 0.960, 0.003, 0.144, 0.005),
            new Reference(FashionModel.BATCH_NORM, 0.962, 0.004, 0.142, 0.016));

    @Test
    void theSampleGivesTheReferencesAccuraciesAndLosses() throws Exception {
        compare(ImageData.sample(), List.of(128), 50, SAMPLE, 5);
    }

    /** The first 8,000 to train on, the last 2,000 to test with. */
    @Test
    @EnabledIfSystemProperty(named = "parity.mnist", matches = ".+")
    void mnistsTestImagesGiveTheReferencesAccuraciesAndLosses() throws Exception {
        byte[] pixels = unpacked("t10k-images-idx3-ubyte.gz", 16);
        byte[] labels = unpacked("t10k-labels-idx1-ubyte.gz", 8);
        int split = 8000;
        IdxFiles.write(folder, "train", Arrays.copyOf(pixels, split * 784), 28, 28, Arrays.copyOf(labels, split));
        IdxFiles.write(
                folder,
                "t10k",
                Arrays.copyOfRange(pixels, split * 784, pixels.length),
                28,
                28,
                Arrays.copyOfRange(labels, split, labels.length));
        compare(ImageData.read(folder), List.of(128, 64), 10, MNIST, 3);
    }

    private static byte[] unpacked(String name, int header) throws IOException {
        Path given = Path.of(System.getProperty("parity.mnist"));
        Path file = Files.exists(given.resolve(name)) ? given.resolve(name) : given.resolve("mnist-" + name);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            in.skipNBytes(header);
            return in.readAllBytes();
        }
    }

    private static void compare(ImageData data, List<Integer> hidden, int epochs, List<Reference> table, int seeds)
            throws Exception {
        long[] own = LongStream.range(42, 42 + Integer.getInteger(SEEDS, 4)).toArray();
        FashionStudy.Plan plan = new FashionStudy.Plan(hidden, epochs, own);
        List<Job<FashionRun>> jobs = FashionStudy.jobs(plan, data);
        List<FashionRun> runs = new ArrayList<>();
        for (Job<FashionRun> job : jobs.subList(0, table.size() * own.length)) { // all but early stopping's
            runs.add(job.work().run(() -> {}));
        }
        FashionStudy study = new FashionStudy(plan, data, runs);
        StringBuilder text = new StringBuilder(data.title() + ", " + own.length + " seeds, beside the reference\n");
        double least = 1;
        for (Reference r : table) {
            double accuracy = welch(study.accuracy(r.model), r.accuracy, r.accuracySd, seeds);
            double loss = welch(study.loss(r.model), r.loss, r.lossSd, seeds);
            text.append(line(r.model, "accuracy", study.accuracy(r.model), r.accuracy, r.accuracySd, accuracy));
            text.append(line(r.model, "loss", study.loss(r.model), r.loss, r.lossSd, loss));
            least = Math.min(least, Math.min(accuracy, loss));
        }
        if (System.getProperty(SEEDS) != null) {
            System.out.print(text);
        }
        // Holm's procedure rejects something just when it rejects the smallest p-value
        assertTrue(2 * table.size() * least > ALPHA, text::toString);
    }

    /** Returns the two-sided p-value of equal means (Welch, Biometrika 34, 1947). */
    private static double welch(Distribution own, double mean, double deviation, int n) {
        double a = own.deviation() * own.deviation() / own.values().length;
        double b = deviation * deviation / n;
        double t = Math.abs(own.mean() - mean) / Math.sqrt(a + b);
        double freedom = (a + b) * (a + b) / (a * a / (own.values().length - 1) + b * b / (n - 1));
        return 2 * TDistribution.of(freedom).survivalProbability(t);
    }

    private static String line(
            FashionModel model, String figure, Distribution own, double mean, double deviation, double p) {
        return String.format(
                Locale.ROOT,
                "%-12s %-8s %.4f +- %.4f  %.3f +- %.3f  p %.4f%n",
                model.title(),
                figure,
                own.mean(),
                own.deviation(),
                mean,
                deviation,
                p);
    }
}
