package dev.ridgeline.experiments.prune;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.study.HistoryCsv;
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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code prune}: runs the study, prints its table and writes its files. */
@Command(
        name = "prune",
        description = {
            "How many weights does a network need? Removes them by magnitude, after weight elimination, by optimal brain"
                    + " damage and surgeon, and as whole units, with and without training in between.",
            "Trains on Iris and on 900 images of Fashion-MNIST; writes result.json, history.csv, pruning.csv, a PNG file"
                    + " for each data set and report.html."
        })
public final class PruneCommand implements Callable<Integer> {
    private static final int SEEDS = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    private List<PruneData> data = List.of(PruneData.values());
    private int seeds = SEEDS;
    private int epochs;

    /** Made by picocli. */
    public PruneCommand() {}

    @Option(
            names = "--only",
            paramLabel = "DATA",
            description = "Train on one of them alone: iris or images (default: both).")
    private void setOnly(String name) {
        data = Arrays.stream(PruneData.values())
                .filter(known -> known.toString().equals(name))
                .findAny()
                .map(List::of)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--only is " + name + "; it must be iris or images"));
    }

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Starts of each model, for Iris with a split each (default: " + SEEDS + ").")
    private void setSeeds(int number) {
        seeds = options.atLeastOne("--seeds", number);
    }

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "Epochs before the first removal; a third as many follow each (default: 60 for Iris, 30 for the"
                            + " images).")
    private void setEpochs(int number) {
        epochs = options.atLeastOne("--epochs", number);
    }

    @Override
    public Integer call() throws Exception {
        PrunePlan plan = new PrunePlan(data, seeds, epochs);
        try (Study run = options.open(plan.toMap(), digest(plan))) {
            List<PrunedModel> pruned = run.run(PruneStudy.jobs(plan, options.seeds(seeds)), PrunedModel.CODEC);
            PruneStudy study = new PruneStudy(
                    options.seed(),
                    plan,
                    pruned,
                    run.run(PruneStudy.wholeJobs(plan, options.seed()), TrainedModel.CODEC));
            write(study, run.folder());
            run.finish();
        }
        return 0;
    }

    private String digest(PrunePlan plan) {
        return Sha256.of(plan.data().stream()
                .map(of -> of.rows(options.seed()))
                .flatMap(rows -> Stream.of(rows.train(), rows.test()))
                .toArray(Dataset[]::new));
    }

    private void write(PruneStudy study, OutputFolder folder) {
        Environment environment = Environment.current(options.threads());
        folder.write("result.json", Json.write(PruneFiles.result(study, environment)));
        folder.write("history.csv", HistoryCsv.of(study.whole()));
        folder.write("pruning.csv", PruneFiles.removals(study.pruned()));
        folder.write("report.html", PrunePage.html(study, environment));
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextTable.of(PruneTable.HEADER, PruneTable.rows(study)));
        out.print(PruneTable.LEGEND);
        out.println("digest " + study.digest());
        out.println("report " + folder.path().resolve("report.html"));
        out.flush();
        // last, because a machine without fonts can do all but this
        PruneCharts charts = new PruneCharts(study);
        for (PruneData of : study.plan().data()) {
            folder.write(of + ".png", Png.of("Accuracy over the weights left", charts.of(of), 1));
        }
    }
}
