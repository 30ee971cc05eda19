package dev.ridgeline.experiments.fashion;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.LearningCurves;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of the study as one page. */
final class FashionPage {
    private static final String DIFFERENCES =
            "The model less the baseline with the same seed, thus with the same initial weights and, but for early"
                    + " stopping, the same order of the images: the mean over the seeds, with its 95 % interval by Student's t. An interval that contains 0"
                    + " means that these seeds show no difference. Of twenty such intervals one misses its true value by"
                    + " chance. They say nothing of other images.";

    private final FashionStudy study;
    private final FashionTable table;

    private FashionPage(FashionStudy study) {
        this.study = study;
        this.table = new FashionTable(study);
    }

    static String html(FashionStudy study, Environment environment) {
        return new FashionPage(study).html(environment);
    }

    private String html(Environment environment) {
        LearningCurves curves = new LearningCurves(study.models());
        Page page = new Page(study.data().title() + ": what regularizers buy", lead());
        page.section("On the test images", Page.table(table.header(), table.rows()) + Page.paragraph(reading()));
        if (repeated()) {
            page.section("Against the baseline", differences() + Page.paragraph(DIFFERENCES));
        }
        return page.section("Loss", panels(curves.loss()) + Page.paragraph(curvesReading()))
                .section("Accuracy", panels(curves.accuracy()))
                .section("Weights without and with L2", weights())
                .section("How it was done", Page.paragraph(method()))
                .section("Digests", digests())
                .section("Measured with", Page.properties(environment.toMap()))
                .html();
    }

    private boolean repeated() {
        return study.plan().seeds().length > 1;
    }

    private String lead() {
        double accuracy = study.accuracy(FashionModel.BASELINE).mean();
        int images = study.data().test().rows();
        String chance = String.format(
                Locale.ROOT,
                "The baseline classifies %.1f %% of %,d test images correctly; with other images of this kind that would"
                        + " vary by %.1f %% (one standard error).",
                100 * accuracy,
                images,
                100 * Math.sqrt(accuracy * (1 - accuracy) / images));
        return repeated()
                ? overSeeds() + "\n" + chance
                : ofOneSeed() + "\n" + chance + " One seed only: --seeds shows what of it is chance.";
    }

    private String ofOneSeed() {
        FashionModel lowest = Arrays.stream(FashionModel.values())
                .min(Comparator.comparingDouble(kind -> study.loss(kind).mean()))
                .orElseThrow();
        FashionModel highest = Arrays.stream(FashionModel.values())
                .max(Comparator.comparingDouble(kind -> study.accuracy(kind).mean()))
                .orElseThrow();
        return best("lowest test loss", lowest, "%.4f", study.loss(lowest), study.loss(FashionModel.BASELINE))
                + " "
                + best(
                        "highest test accuracy",
                        highest,
                        "%.1f %%",
                        study.accuracy(highest).times(100),
                        study.accuracy(FashionModel.BASELINE).times(100));
    }

    private static String best(
            String figure, FashionModel kind, String format, Distribution of, Distribution baseline) {
        return kind == FashionModel.BASELINE
                ? String.format(Locale.ROOT, "The %s is that without a regularizer: " + format + ".", figure, of.mean())
                : String.format(
                        Locale.ROOT,
                        "The %s is that with %s: " + format + ", against " + format + " without a regularizer.",
                        figure,
                        kind.title(),
                        of.mean(),
                        baseline.mean());
    }

    private String overSeeds() {
        List<String> lower = new ArrayList<>();
        List<String> higher = new ArrayList<>();
        List<String> neither = new ArrayList<>();
        for (FashionModel kind : FashionModel.values()) {
            if (kind != FashionModel.BASELINE) {
                Interval loss = study.difference(kind, study::loss).interval().orElseThrow();
                List<String> verdict = loss.high() < 0 ? lower : loss.low() > 0 ? higher : neither;
                verdict.add(kind.title() + " (" + signed(loss.mean()) + ")");
            }
        }
        return String.format(
                        Locale.ROOT,
                        "The mean test loss over %d seeds is %.4f without a regularizer.",
                        study.plan().seeds().length,
                        study.loss(FashionModel.BASELINE).mean())
                + sentence(" It is lower with ", lower)
                + sentence(" It is higher with ", higher)
                + sentence(" These seeds show no difference with ", neither);
    }

    private static String sentence(String start, List<String> models) {
        if (models.isEmpty()) {
            return "";
        }
        int last = models.size() - 1;
        return start + (last == 0 ? "" : String.join(", ", models.subList(0, last)) + " and ") + models.get(last) + ".";
    }

    private String reading() {
        String published = study.isPublished()
                ? " In Keras: the figures published for the same layers and data, trained there."
                : "";
        String sd = repeated() ? " The sd is the standard deviation over the seeds." : "";
        return "Accuracy and loss (cross-entropy in nats, without penalties) are of one pass of inference after the"
                + " training." + sd
                + " Seconds are those of one training, with the validation after each epoch and with the"
                + " warm-up of the JVM, most of which the first models pay." + published;
    }

    private String differences() {
        List<List<String>> rows = new ArrayList<>();
        for (FashionModel kind : FashionModel.values()) {
            if (kind != FashionModel.BASELINE) {
                rows.add(List.of(
                        kind.title(),
                        interval(study.difference(kind, study::accuracy)),
                        interval(study.difference(kind, study::loss))));
            }
        }
        return Page.table(List.of("model", "accuracy above the baseline's", "loss above the baseline's"), rows);
    }

    private static String interval(Distribution differences) {
        Interval interval = differences.interval().orElseThrow();
        return signed(interval.mean()) + " [" + signed(interval.low()) + ", " + signed(interval.high()) + "]";
    }

    /** Four decimals with their sign, which 0 has none of. */
    private static String signed(double value) {
        String text = String.format(Locale.ROOT, "%+.4f", value);
        return text.matches("[-+]0\\.0000") ? text.substring(1) : text;
    }

    private String curvesReading() {
        return "The first seed's models, epoch by epoch; axes are logarithmic except that of the accuracy. The loss is that"
                + " of the data, without penalties. Where the validation loss rises while the training loss falls on, the"
                + " model overfits. Training values are those of the training pass: under dropout half of the hidden units"
                + " are missing there, so training looks worse than it is. Validation is on the test images, which decide"
                + " nothing here; only early stopping validates on training images that it holds out, and keeps the weights"
                + " of the epoch in which the loss on those was lowest.";
    }

    private static String panels(List<Chart> charts) {
        return Page.panels(charts.stream().map(Chart::panel).toList());
    }

    private String weights() {
        WeightChart weights = WeightChart.of(study);
        return weights.chart()
                .figure(String.format(
                        Locale.ROOT,
                        "After the training, first seed. A bar is %.3f wide; at most %.1f %% of the weights lie beyond the axis."
                                + " The penalty pulls the weights to 0; those of pixels that hardly ever differ from 0 have"
                                + " nothing to set against it.",
                        weights.barWidth(),
                        100 * (1 - WeightChart.SHOWN)));
    }

    private String method() {
        String layers = study.data().train().features() + "-"
                + study.plan().hidden().stream().map(String::valueOf).collect(Collectors.joining("-"))
                + "-" + study.data().train().classes();
        return String.format(
                Locale.ROOT,
                "%s: %,d images of %d x %d pixels to train on, %,d to test with, pixels from 0 to 1. Layers %s, ReLU,"
                        + " softmax with cross-entropy; Adam with learning rate 0.001 and epsilon 1e-7, batches of %d,"
                        + " %d epochs. L2 and L1: Keras's l2(0.01) and l1(0.0001), 0.01 times the sum of squares and 0.0001"
                        + " times that of absolute values, on the kernels of the hidden layers. Dropout: rate 0.5 after each"
                        + " hidden activation. Batch norm: after each hidden activation. Early stopping: the last tenth of"
                        + " each class of the training images, %,d images, is held out; the training stops when the loss on"
                        + " them has not fallen for %d epochs, and takes the best epoch's weights. So it trains on fewer"
                        + " images than the others. All models with one seed start from the same weights.",
                study.data().title(),
                study.data().train().rows(),
                study.data().height(),
                study.data().width(),
                study.data().test().rows(),
                layers,
                FashionStudy.BATCH_SIZE,
                study.plan().epochs(),
                study.heldOut(),
                FashionStudy.POLICY.patience());
    }

    private String digests() {
        Map<String, String> digests = new LinkedHashMap<>();
        study.models().forEach(model -> digests.put(model.name(), model.digest()));
        digests.put("all", study.digest());
        return Page.paragraph(
                        "SHA-256 of the weights of each of the first seed's models, then that of the digests of all"
                                + " models and seeds, a line each. Another run with the same options and images gives the same,"
                                + " whatever the machine and the number of threads.")
                + Page.properties(digests);
    }
}
