package dev.ridgeline.experiments.select;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.data.Preprocessing;
import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.experiments.data.TableOptions;
import dev.ridgeline.experiments.select.Plan.Split;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.Study;
import dev.ridgeline.experiments.study.StudyOptions;
import dev.ridgeline.plot.Png;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code select}: which regularizer for the user's own table, and at what price. */
@Command(
        name = "select",
        description = {
            "Find out which regularizer helps on your own table, and what it costs per training step.",
            "Tries penalties, dropout, noise, normalization, early stopping and combinations of them by nested"
                    + " cross-validation, measures their steps, chooses one and says why; writes result.json,"
                    + " candidates.csv, pareto.png and report.html with the chosen model as code."
        })
public final class SelectCommand implements Callable<Integer> {
    private static final int MOST_UNITS = 4096;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableOptions tableOptions;

    @Mixin
    private StudyOptions options;

    private int folds = Plan.FOLDS;
    private int repeats = Plan.REPEATS;
    private Integer epochs;

    private List<Integer> hidden;

    /** Made by picocli. */
    public SelectCommand() {}

    @Option(
            names = "--hidden",
            split = ",",
            paramLabel = "UNITS",
            description = "Units of each hidden layer, separated by commas (default: two layers by the number of"
                    + " features).")
    private void setHidden(List<Integer> units) {
        for (int n : units) {
            if (n < 1 || n > MOST_UNITS) {
                throw new ParameterException(
                        spec.commandLine(), "--hidden has " + n + " units; a layer has from 1 to " + MOST_UNITS);
            }
        }
        hidden = List.copyOf(units);
    }

    @Option(
            names = "--folds",
            paramLabel = "N",
            description = "Parts of the rows, each of which judges once (default: " + Plan.FOLDS + ").")
    private void setFolds(int number) {
        folds = options.atLeastOne("--folds", number);
    }

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "How often the rows are split anew (default: " + Plan.REPEATS + ").")
    private void setRepeats(int number) {
        repeats = options.atLeastOne("--repeats", number);
    }

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often each model goes through its training rows (default: about 1,000 steps, within 10"
                    + " and 200 epochs).")
    private void setEpochs(int number) {
        epochs = options.atLeastOne("--epochs", number);
    }

    @Override
    public Integer call() throws Exception {
        Table table = tableOptions.read();
        Plan plan = Plan.of(table, Network.of(table, hidden), folds, repeats, epochs, options.seed());
        Dataset rows = Preprocessing.fit(table, table.allRows()).transform(table.allRows());
        try (Study study = options.open(plan.toMap(), Sha256.of(rows))) {
            announce(table, plan, rows);
            List<Trial> trials = study.run(jobs(plan, table), Trial.CODEC);
            Findings findings = Findings.of(plan, table.task(), bySplits(trials, plan.folds() * plan.repeats()));
            StepCost cost = StepCost.measure(plan, rows, findings.all());
            write(Selection.of(table, plan, findings, cost), study.folder());
            study.finish();
        }
        return 0;
    }

    /** Says what was understood of the table, and how long it will take. */
    private void announce(Table table, Plan plan, Dataset rows) {
        options.say("%s of \"%s\" from %d features, %d rows: %s"
                .formatted(table.task(), table.target(), rows.features(), rows.rows(), table.rule()));
        table.notes().forEach(options::say);
        double seconds = plan.steps(table) * StepCost.rehearse(plan, rows) / 1e9 / options.threads();
        options.say(String.format(
                Locale.ROOT,
                "%,d trainings of %s, %,d steps in all, %d at once: about %,.0f s",
                plan.trainings(),
                plan.network(),
                plan.steps(table),
                options.threads(),
                Math.ceil(seconds)));
    }

    /** Returns a job for each recipe on each split, those of a recipe together. */
    static List<Job<Trial>> jobs(Plan plan, Table table) {
        List<Job<Trial>> jobs = new ArrayList<>();
        for (Recipe recipe : Candidate.allTrained()) {
            for (Split split : plan.splits(table)) {
                Map<String, Object> configuration = new LinkedHashMap<>();
                configuration.put("recipe", recipe.toString());
                configuration.put("repeat", split.repeat());
                configuration.put("fold", split.fold());
                jobs.add(new Job<>(configuration, 1, stepDone -> {
                    Trial trial = Trial.run(plan, table, split, recipe);
                    stepDone.run();
                    return trial;
                }));
            }
        }
        return jobs;
    }

    /** Cuts the list into one for each recipe. */
    static List<List<Trial>> bySplits(List<Trial> trials, int splits) {
        List<List<Trial>> cut = new ArrayList<>();
        for (int from = 0; from < trials.size(); from += splits) {
            cut.add(trials.subList(from, from + splits));
        }
        return cut;
    }

    private void write(Selection selection, OutputFolder folder) {
        Environment environment = Environment.current(options.threads());
        folder.write("result.json", Json.write(result(selection, environment)));
        folder.write("candidates.csv", CandidatesCsv.of(selection.candidates()));
        folder.write("report.html", SelectPage.html(selection, environment));
        PrintWriter out = spec.commandLine().getOut();
        out.print(selection.rows().text());
        out.println();
        out.println(selection.answer());
        out.println("digest " + selection.findings().digest());
        out.println("report " + folder.path().resolve("report.html"));
        out.flush();
        // last, because a machine without fonts can do all but this
        ParetoCharts charts = selection.charts();
        folder.write(
                "pareto.png",
                Png.of("Which regularizer, and at what price?", List.of(charts.perStep(), charts.timeToBest()), 1));
    }

    private Map<String, Object> result(Selection selection, Environment environment) {
        Table table = selection.table();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", "select");
        result.put("seed", selection.plan().seed());
        result.put("digest", selection.findings().digest());
        result.put("environment", environment.toMap());
        result.put("data", table.name());
        result.put("target", table.target());
        result.put("task", table.task());
        result.put("rule", table.rule());
        result.put("rows", table.rows());
        result.put("features", table.features());
        result.put("notes", table.notes());
        result.put("plan", selection.plan().toMap());
        result.put("models", selection.candidates());
        result.put("chosen", selection.choice().offer().candidate().title());
        result.put("proven", selection.choice().proven());
        result.put("answer", selection.answer());
        Map<String, Object> code = new LinkedHashMap<>();
        code.put("ridgeline", RidgelineCode.of(selection.code()));
        code.put("keras", KerasCode.of(selection.code()));
        code.put("pytorch", PyTorchCode.of(selection.code()));
        result.put("code", code);
        return result;
    }
}
