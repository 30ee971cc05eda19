package dev.ridgeline.experiments.linear;

import dev.ridgeline.experiments.data.TableOptions;
import dev.ridgeline.experiments.study.Study;
import dev.ridgeline.experiments.study.StudyOptions;
import dev.ridgeline.experiments.study.TextTable;
import dev.ridgeline.plot.Png;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code linear}: logistic regression with L1, L2 and elastic net over the whole path of λ. */
@Command(
        name = "linear",
        description = {
            "Fit logistic regressions with L1, L2 and elastic net to the optimum, over the whole path of lambda, on Iris or"
                    + " on your own table.",
            "Lambda is chosen by cross-validation on the rows to train on. Prints accuracies, coefficients and how many of"
                    + " them are exactly zero, and proves every model; writes result.json, history.csv, path.csv, loss.png, a"
                    + " picture of each path and report.html."
        })
public final class LinearCommand implements Callable<Integer> {
    private static final int LAMBDAS = 60;
    private static final int FOLDS = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableOptions tableOptions;

    @Mixin
    private StudyOptions options;

    private int seeds = 1;
    private int lambdas = LAMBDAS;
    private int folds = FOLDS;
    private double validation = 0.25;
    private double l1Ratio = 0.5;

    /** Made by picocli. */
    public LinearCommand() {}

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many splits into rows to train on and rows to validate on, each from a seed of its own"
                    + " (default: 1).")
    private void setSeeds(int number) {
        seeds = options.atLeastOne("--seeds", number);
    }

    @Option(
            names = "--lambdas",
            paramLabel = "N",
            description = "How many values of lambda a path has, at least 2 (default: " + LAMBDAS + ").")
    private void setLambdas(int number) {
        lambdas = atLeastTwo("--lambdas", number);
    }

    @Option(
            names = "--folds",
            paramLabel = "N",
            description = "Parts of the rows to train on that cross-validation judges by in turn, at least 2 (default: "
                    + FOLDS + ").")
    private void setFolds(int number) {
        folds = atLeastTwo("--folds", number);
    }

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "Share of the rows that validates, between 0 and 1 (default: 0.25).")
    private void setValidation(double share) {
        validation = between("--validation", share);
    }

    @Option(
            names = "--l1-ratio",
            paramLabel = "SHARE",
            description = "Share of L1 in the elastic net, between 0 and 1 (default: 0.5).")
    private void setL1Ratio(double share) {
        l1Ratio = between("--l1-ratio", share);
    }

    private int atLeastTwo(String option, int number) {
        if (number < 2) {
            throw new ParameterException(spec.commandLine(), option + " is " + number + "; it must be at least 2");
        }
        return number;
    }

    private double between(String option, double share) {
        if (!(share > 0 && share < 1)) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + share + "; it must be above 0 and below 1");
        }
        return share;
    }

    @Override
    public Integer call() throws Exception {
        LabelledRows rows = tableOptions.given() ? LabelledRows.of(tableOptions.read()) : LabelledRows.iris();
        LinearStudy.Settings settings = new LinearStudy.Settings(seeds, validation, folds, lambdas, l1Ratio);
        try (Study run = options.open(settings.toMap(), rows.digest())) {
            rows.notes().forEach(options::say);
            List<PenaltyPath> paths = run.run(LinearStudy.jobs(options.seed(), settings, rows), PenaltyPath.CODEC);
            write(new LinearStudy(options.seed(), settings, rows, paths), run.folder());
            run.finish();
        }
        return 0;
    }

    private void write(LinearStudy study, OutputFolder folder) {
        Environment environment = Environment.current(options.threads());
        folder.write("result.json", Json.write(LinearFiles.result(study, environment)));
        folder.write("history.csv", LinearFiles.history(study));
        folder.write("path.csv", LinearFiles.path(study));
        folder.write("report.html", LinearPage.html(study, environment));
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextTable.of(LinearTable.HEADER, LinearTable.rows(study)));
        out.println();
        out.print(TextTable.of(LinearTable.coefficientsHeader(study), LinearTable.coefficients(study)));
        LinearTable.leftOut(study).ifPresent(out::println);
        out.println("digest " + study.digest());
        out.println("report " + folder.path().resolve("report.html"));
        out.flush();
        // last, because a machine without fonts can do all but this
        for (LinearPenalty penalty : LinearPenalty.values()) {
            byte[] png =
                    Png.of("Coefficients over \u03bb: " + penalty.title(), LinearCharts.coefficients(study, penalty));
            folder.write("path-" + penalty.title().replace(' ', '-').toLowerCase(Locale.ROOT) + ".png", png);
        }
        folder.write("loss.png", Png.of("Loss over \u03bb", LinearCharts.losses(study)));
    }
}
