package dev.ridgeline.experiments.lambda;

import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.Study;
import dev.ridgeline.experiments.study.StudyOptions;
import dev.ridgeline.experiments.study.TextTable;
import dev.ridgeline.plot.Png;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code lambda}: runs the study, prints its tables and writes its files. */
@Command(
        name = "lambda",
        description = {
            "Does the best lambda fall as 1/N? Trains small classifiers with L2 and L1 on N rows and looks for the lambda"
                    + " with the lowest validation loss.",
            "Prints the best lambda for each N, and the slopes beside those published; writes result.json,"
                    + " lambda-by-rows.csv, validation-losses.csv, log-log.png, linear.png and report.html."
        })
public final class LambdaCommand implements Callable<Integer> {
    private static final int SEEDS = 10;
    private static final int EPOCHS = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    private int seeds = SEEDS;
    private int epochs = EPOCHS;
    private int batch;
    private LambdaGrid grid = LambdaGrid.WIDE;
    private List<Integer> predicted = List.of();

    @Option(
            names = "--from",
            paramLabel = "N",
            defaultValue = "8",
            description = "Smallest number of training rows (default: ${DEFAULT-VALUE}).")
    private int from;

    @Option(
            names = "--to",
            paramLabel = "N",
            defaultValue = "3240",
            description = "Largest number of training rows (default: ${DEFAULT-VALUE}).")
    private int to;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "14",
            description = "How many numbers of rows there are, at equal ratios (default: ${DEFAULT-VALUE}). The other"
                    + " published range is --from 108 --to 3300 --steps 10.")
    private int steps;

    @Option(names = "--raw", description = "Leave the inputs as drawn, with deviation 8; else they are divided by it.")
    private boolean raw;

    /** Made by picocli. */
    public LambdaCommand() {}

    @Option(
            names = "--grid",
            paramLabel = "GRID",
            description =
                    "The values of lambda, 1, 2, 4 and 8 times powers of ten: wide, from 0.00001 to 8, or published,"
                            + " from 0.00001 to 0.02 (default: wide).")
    private void setGrid(String name) {
        grid = Arrays.stream(LambdaGrid.values())
                .filter(known -> known.toString().equals(name))
                .findAny()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--grid is " + name + "; it must be wide or published"));
    }

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Training sets for each number of rows (default: " + SEEDS + ").")
    private void setSeeds(int number) {
        seeds = options.atLeastOne("--seeds", number);
    }

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often each model goes through its rows (default: " + EPOCHS + ").")
    private void setEpochs(int number) {
        epochs = options.atLeastOne("--epochs", number);
    }

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Rows of a batch, drawn anew each epoch (default: all rows).")
    private void setBatch(int number) {
        batch = options.atLeastOne("--batch", number);
    }

    @Option(
            names = "--predict",
            paramLabel = "N",
            split = ",",
            description =
                    "Say which lambda to expect for so many rows, with an interval; several with commas between. If"
                            + " the folder holds the results of the same options, they answer at once; else the study runs first.")
    private void setPredicted(List<Integer> rows) {
        rows.forEach(number -> options.atLeastOne("--predict", number));
        predicted = rows;
    }

    @Override
    public Integer call() throws Exception {
        LambdaPlan plan = plan();
        String data = Sha256.of(new GaussianClasses(raw).draw(options.seed(), "validation", 1_000));
        try (Study run = options.open(plan.toMap(), data)) {
            Optional<Map<Family, PowerLaw>> known =
                    predicted.isEmpty() ? Optional.empty() : LambdaResult.laws(run.folder(), options.seed(), plan);
            if (known.isPresent()) {
                predict(known.get());
                return 0;
            }
            long[] all = options.seeds(seeds);
            List<LambdaRun> runs = run.run(LambdaStudy.jobs(all, plan), LambdaRun.CODEC);
            write(new LambdaStudy(options.seed(), plan, runs), run.folder());
            run.finish();
        }
        return 0;
    }

    private LambdaPlan plan() {
        try {
            return new LambdaPlan(LambdaPlan.logarithmic(from, to, steps), seeds, epochs, batch, raw, grid);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void write(LambdaStudy study, OutputFolder folder) {
        Environment environment = Environment.current(options.threads());
        Map<Family, PowerLaw> laws = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            study.law(family).ifPresent(law -> laws.put(family, law));
        }
        folder.write(LambdaResult.FILE, Json.write(LambdaResult.toMap(study, environment)));
        folder.write(LambdaResult.POINTS, LambdaResult.points(study));
        folder.write(LambdaResult.LOSSES, LambdaResult.losses(study));
        folder.write("report.html", LambdaPage.html(study, environment, LambdaTable.predictions(laws, predicted)));
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextTable.of(LambdaTable.pointsHeader(), LambdaTable.points(study)));
        out.println(LambdaTable.LEGEND);
        out.println(TextTable.of(LambdaTable.SLOPES_HEADER, LambdaTable.slopes(study)));
        predict(laws);
        out.println("digest " + study.digest());
        out.println("report " + folder.path().resolve("report.html"));
        out.flush();
        // last, because a machine without fonts can do all but this
        LambdaCharts charts = new LambdaCharts(study);
        if (!charts.linear().isEmpty()) {
            folder.write("log-log.png", Png.of("Best λ over training rows", charts.logarithmic(), 1));
            folder.write("linear.png", Png.of("Best λ over training rows", charts.linear(), 1));
        }
    }

    private void predict(Map<Family, PowerLaw> laws) {
        if (!predicted.isEmpty()) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(TextTable.of(LambdaTable.PREDICTIONS_HEADER, LambdaTable.predictions(laws, predicted)));
            out.flush();
        }
    }
}
