package dev.ridgeline.experiments.iris;

import dev.ridgeline.experiments.study.HistoryCsv;
import dev.ridgeline.experiments.study.LearningCurves;
import dev.ridgeline.experiments.study.RepeatedRuns;
import dev.ridgeline.experiments.study.RepetitionOptions;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.Study;
import dev.ridgeline.experiments.study.StudyOptions;
import dev.ridgeline.experiments.study.TextTable;
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
import picocli.CommandLine.Spec;

/** The command {@code iris}: runs the study, prints its table and writes its files. */
@Command(
        name = "iris",
        description = {
            "Train a small classifier on Iris without a regularizer, with L1, dropout and batch norm, on 120 flowers; 30 others"
                    + " validate. The first split is the published one, others are drawn like it.",
            "Prints accuracy and loss beside those published for Keras; writes result.json, history.csv, accuracy.png,"
                    + " loss.png and report.html. With --seeds or --splits it prints how the accuracies are distributed, and"
                    + " writes runs.png besides."
        })
public final class IrisCommand implements Callable<Integer> {
    private static final String RUNS = "runs.png";
    private static final String ACCURACY_TITLE = "Iris: accuracy of training and validation";
    private static final String LOSS_TITLE = "Iris: loss of training and validation";

    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Mixin
    private RepetitionOptions repetitions = new RepetitionOptions(1, IrisStudy.EPOCHS);

    /** Made by picocli. */
    public IrisCommand() {}

    @Override
    public Integer call() throws Exception {
        IrisData data = IrisData.load();
        try (Study run = options.open(repetitions.configuration(), Sha256.of(data.train(), data.validation()))) {
            int splits = repetitions.splits();
            int seeds = repetitions.seeds();
            int epochs = repetitions.epochs();
            List<TrainedModel> models =
                    run.run(IrisStudy.jobs(options.seed(), splits, seeds, epochs, data), TrainedModel.CODEC);
            if (splits == 1 && seeds == 1) {
                write(new IrisStudy(options.seed(), epochs, models), run.folder());
            } else {
                RepeatedRuns runs = new RepeatedRuns(options.seed(), IrisModel.values().length, splits, seeds, models);
                write(new RepeatedIris(epochs, runs), run.folder());
            }
            run.finish();
        }
        return 0;
    }

    private void write(IrisStudy study, OutputFolder folder) throws Exception {
        Environment environment = Environment.current(options.threads());
        LearningCurves curves = new LearningCurves(study.models());
        Future<byte[]> accuracy = drawn(ACCURACY_TITLE, curves.accuracy());
        Future<byte[]> loss = drawn(LOSS_TITLE, curves.loss());
        folder.write("result.json", Json.write(result(study, environment)));
        folder.write("history.csv", HistoryCsv.of(study.models()));
        folder.write("report.html", IrisPage.html(study, environment));
        folder.delete(RUNS); // of an earlier study with several runs
        print(IrisTable.text(study), study.digest(), folder);
        // last, because a machine without fonts can do all but this
        folder.write("accuracy.png", result(accuracy));
        folder.write("loss.png", result(loss));
    }

    private void write(RepeatedIris study, OutputFolder folder) {
        Environment environment = Environment.current(options.threads());
        LearningCurves curves = new LearningCurves(study.runs());
        folder.write("result.json", Json.write(study.toMap(environment)));
        folder.write("history.csv", HistoryCsv.of(study.runs()));
        folder.write("report.html", RepeatedIrisPage.html(study, environment));
        print(TextTable.of(RepeatedIris.HEADER, study.table()), study.digest(), folder);
        folder.write(RUNS, Png.of("Iris: validation accuracy of each run", study.dots()));
        folder.write("accuracy.png", Png.of(ACCURACY_TITLE, curves.accuracy()));
        folder.write("loss.png", Png.of(LOSS_TITLE, curves.loss()));
    }

    private void print(String table, String digest, OutputFolder folder) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(table);
        out.println("digest " + digest);
        out.println("report " + folder.path().resolve("report.html"));
        out.flush();
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
