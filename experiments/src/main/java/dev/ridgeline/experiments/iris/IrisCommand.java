package dev.ridgeline.experiments.iris;

import dev.ridgeline.experiments.study.HistoryCsv;
import dev.ridgeline.experiments.study.LearningCurves;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.Study;
import dev.ridgeline.experiments.study.StudyOptions;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Png;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code iris}: runs the study, prints its table and writes its files. */
@Command(
        name = "iris",
        description = {
            "Train a small classifier on Iris without a regularizer, with L1, dropout and batch norm.",
            "Prints accuracy and loss beside those published for Keras; writes result.json, history.csv, accuracy.png,"
                    + " loss.png and report.html."
        })
public final class IrisCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    private int epochs = IrisStudy.EPOCHS;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often each model goes through the training rows (default: " + IrisStudy.EPOCHS + ").")
    private void setEpochs(int number) {
        epochs = options.atLeastOne("--epochs", number);
    }

    /** Made by picocli. */
    public IrisCommand() {}

    @Override
    public Integer call() throws Exception {
        IrisData data = IrisData.load();
        String digest = Sha256.of(data.train(), data.validation());
        try (Study run = options.open(Map.of("epochs", epochs), digest)) {
            List<TrainedModel> models = run.run(IrisStudy.jobs(options.seed(), epochs, data), TrainedModel.CODEC);
            write(new IrisStudy(options.seed(), epochs, models), run.folder());
            run.finish();
        }
        return 0;
    }

    private void write(IrisStudy study, OutputFolder folder) throws Exception {
        Environment environment = Environment.current(options.threads());
        LearningCurves curves = new LearningCurves(study.models());
        Future<byte[]> accuracy = drawn("Iris: accuracy of training and validation", curves.accuracy());
        Future<byte[]> loss = drawn("Iris: loss of training and validation", curves.loss());
        folder.write("result.json", Json.write(result(study, environment)));
        folder.write("history.csv", HistoryCsv.of(study.models()));
        folder.write("report.html", IrisPage.html(study, environment));
        PrintWriter out = spec.commandLine().getOut();
        out.print(IrisTable.text(study));
        out.println("digest " + study.digest());
        out.println("report " + folder.path().resolve("report.html"));
        out.flush();
        // last, because a machine without fonts can do all but this
        folder.write("accuracy.png", result(accuracy));
        folder.write("loss.png", result(loss));
    }

    /** Draws in a thread of its own, while the text is written. */
    private static Future<byte[]> drawn(String title, List<Chart> charts) {
        FutureTask<byte[]> drawing = new FutureTask<>(() -> Png.of(title, charts));
        Thread.ofPlatform().daemon().start(drawing);
        return drawing;
    }

    private static byte[] result(Future<byte[]> drawing) throws Exception {
        try {
            return drawing.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Map<String, Object> result(IrisStudy study, Environment environment) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", "iris");
        result.put("seed", study.seed());
        result.put("digest", study.digest());
        result.put("environment", environment.toMap());
        result.put("models", study.models().stream().map(TrainedModel::toMap).toList());
        result.put("modelDigests", study.modelDigests());
        return result;
    }
}
