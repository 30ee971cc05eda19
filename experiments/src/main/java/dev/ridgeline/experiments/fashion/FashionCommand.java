package dev.ridgeline.experiments.fashion;

import dev.ridgeline.experiments.image.ImageData;
import dev.ridgeline.experiments.study.HistoryCsv;
import dev.ridgeline.experiments.study.LearningCurves;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.Study;
import dev.ridgeline.experiments.study.StudyOptions;
import dev.ridgeline.plot.Png;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code fashion-mnist}: runs the study, prints its table and writes its files. */
@Command(
        name = "fashion-mnist",
        description = {
            "Train a network with one hidden layer on images without a regularizer, with L2, L1, dropout, batch norm and"
                    + " early stopping.",
            "Prints accuracy and loss on the test images; writes result.json, history.csv, accuracy.png, loss.png,"
                    + " weights.png and report.html."
        })
public final class FashionCommand implements Callable<Integer> {
    private static final int EPOCHS = 10;
    private static final int SAMPLE_EPOCHS = 50;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Mixin
    private ImageOptions images;

    private Integer epochs;
    private int seeds = 1;
    private List<Integer> hidden = List.of(128);

    /** Made by picocli. */
    public FashionCommand() {}

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often each model goes through its training images, at most (default: " + EPOCHS
                    + ", with --sample " + SAMPLE_EPOCHS + ").")
    private void setEpochs(int number) {
        epochs = options.atLeastOne("--epochs", number);
    }

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "How many successive seeds each model is trained with, to tell effects from chance (default: 1).")
    private void setSeeds(int number) {
        seeds = options.atLeastOne("--seeds", number);
    }

    @Option(
            names = "--hidden",
            paramLabel = "UNITS",
            split = ",",
            description = "Units of each hidden layer (default: 128).")
    private void setHidden(List<Integer> units) {
        units.forEach(number -> options.atLeastOne("--hidden", number));
        hidden = List.copyOf(units);
    }

    @Override
    public Integer call() throws Exception {
        ImageData data = images.load(options.quiet());
        int most = epochs != null ? epochs : images.sample() ? SAMPLE_EPOCHS : EPOCHS;
        FashionStudy.Plan plan = new FashionStudy.Plan(hidden, most, options.seeds(seeds));
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("seeds", seeds);
        configuration.put("epochs", most);
        configuration.put("hidden", hidden);
        try (Study run = options.open(configuration, Sha256.of(data.train(), data.test()))) {
            write(new FashionStudy(plan, data, run.run(FashionStudy.jobs(plan, data), FashionRun.CODEC)), run.folder());
            run.finish();
        }
        return 0;
    }

    private void write(FashionStudy study, OutputFolder folder) {
        Environment environment = Environment.current(options.threads());
        folder.write("result.json", Json.write(result(study, environment)));
        folder.write("history.csv", HistoryCsv.of(study.models()));
        folder.write("report.html", FashionPage.html(study, environment));
        PrintWriter out = spec.commandLine().getOut();
        out.print(new FashionTable(study).text());
        out.println("digest " + study.digest());
        out.println("report " + folder.path().resolve("report.html"));
        out.flush();
        // last, because a machine without fonts can do all but this
        LearningCurves curves = new LearningCurves(study.models());
        String title = study.data().title();
        folder.write("accuracy.png", Png.of(title + ": accuracy of training and validation", curves.accuracy()));
        folder.write("loss.png", Png.of(title + ": loss of training and validation", curves.loss()));
        folder.write("weights.png", Png.of(WeightChart.of(study).chart()));
    }

    private Map<String, Object> result(FashionStudy study, Environment environment) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", spec.name());
        result.put("seed", options.seed());
        result.put("digest", study.digest());
        result.put("environment", environment.toMap());
        result.putAll(study.toMap());
        return result;
    }
}
