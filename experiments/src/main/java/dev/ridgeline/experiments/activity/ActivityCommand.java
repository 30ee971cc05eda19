package dev.ridgeline.experiments.activity;

import dev.ridgeline.experiments.activity.ActivityTable.Figure;
import dev.ridgeline.experiments.iris.IrisData;
import dev.ridgeline.experiments.study.HistoryCsv;
import dev.ridgeline.experiments.study.LearningCurves;
import dev.ridgeline.experiments.study.RepeatedRuns;
import dev.ridgeline.experiments.study.RepetitionOptions;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.Study;
import dev.ridgeline.experiments.study.StudyOptions;
import dev.ridgeline.experiments.study.TextTable;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.plot.Png;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code activity}: runs the study, prints its tables and writes its files. */
@Command(
        name = "activity",
        description = {
            "Train two networks on Iris without and with penalties on activations, on several splits into 112 flowers to"
                    + " train on and 38 to validate.",
            "Prints accuracies beside those published for one run, and by how much the penalties change them with an"
                    + " interval over the splits; writes result.json, history.csv, effects.png, runs.png, accuracy.png, loss.png"
                    + " and report.html."
        })
public final class ActivityCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Mixin
    private RepetitionOptions repetitions = new RepetitionOptions(ActivityStudy.SPLITS, ActivityStudy.EPOCHS);

    /** Made by picocli. */
    public ActivityCommand() {}

    @Override
    public Integer call() throws Exception {
        try (Study run = options.open(repetitions.configuration(), Sha256.of(IrisData.flowers()))) {
            int splits = repetitions.splits();
            int seeds = repetitions.seeds();
            int epochs = repetitions.epochs();
            List<TrainedModel> models =
                    run.run(ActivityStudy.jobs(options.seed(), splits, seeds, epochs), TrainedModel.CODEC);
            RepeatedRuns runs = new RepeatedRuns(options.seed(), ActivityModel.values().length, splits, seeds, models);
            write(new ActivityStudy(epochs, runs), run.folder());
            run.finish();
        }
        return 0;
    }

    private void write(ActivityStudy study, OutputFolder folder) {
        Environment environment = Environment.current(options.threads());
        folder.write("result.json", Json.write(result(study, environment)));
        folder.write("history.csv", HistoryCsv.of(study.runs()));
        folder.write("report.html", ActivityPage.html(study, environment));
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextTable.of(ActivityTable.HEADER, ActivityTable.accuracies(study)));
        out.println();
        out.print(TextTable.of(ActivityTable.EFFECTS_HEADER, ActivityTable.effects(study)));
        out.println("digest " + study.digest());
        out.println("report " + folder.path().resolve("report.html"));
        out.flush();
        // last, because a machine without fonts can do all but this
        LearningCurves curves = new LearningCurves(study.runs());
        folder.write("effects.png", Png.of("Activity: what the penalties change", ActivityCharts.effects(study)));
        folder.write("runs.png", Png.of("Activity: validation accuracy of each run", ActivityCharts.accuracies(study)));
        folder.write("accuracy.png", Png.of("Activity: accuracy of training and validation", curves.accuracy()));
        folder.write("loss.png", Png.of("Activity: loss of training and validation", curves.loss()));
    }

    private static Map<String, Object> result(ActivityStudy study, Environment environment) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", "activity");
        result.put("seed", study.seed());
        result.put("digest", study.digest());
        result.put("environment", environment.toMap());
        result.put("splits", study.runs().splits());
        result.put("seeds", study.runs().seeds());
        List<Map<String, Object>> models = new ArrayList<>();
        for (ActivityModel kind : ActivityModel.values()) {
            models.add(study.runs().toMap(kind.ordinal()));
        }
        result.put("models", models);
        List<Map<String, Object>> effects = new ArrayList<>();
        for (ActivityModel kind : ActivityModel.PENALISED) {
            Map<String, Object> effect = new LinkedHashMap<>();
            effect.put("name", kind.title());
            effect.put("against", kind.control().title());
            for (Figure figure : Figure.values()) {
                effect.put(figure.field(), study.effect(kind, figure.of()).toMap());
            }
            effects.add(effect);
        }
        result.put("effects", effects);
        return result;
    }
}
