package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.experiments.study.HistoryCsv;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.Study;
import dev.ridgeline.experiments.study.StudyOptions;
import dev.ridgeline.experiments.study.TextTable;
import dev.ridgeline.plot.Png;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code tikhonov}: runs the study, prints its table and writes its files. */
@Command(
        name = "tikhonov",
        description = {
            "Fit a noisy sine with Tikhonov's penalties of order 0, 1 and 2, and with noise on the inputs.",
            "Prints the distance from the sine with the best lambda of each; writes result.json, history.csv,"
                    + " errors.csv, curves.png, errors.png, noise.png and report.html."
        })
public final class TikhonovCommand implements Callable<Integer> {
    private static final int ROWS = 25;
    private static final double NOISE = 0.3;
    private static final int SEEDS = 20;
    private static final int EPOCHS = 2000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    private int rows = ROWS;
    private double noise = NOISE;
    private int seeds = SEEDS;
    private int epochs = EPOCHS;

    /** Made by picocli. */
    public TikhonovCommand() {}

    @Option(names = "--rows", paramLabel = "N", description = "Rows of a training set (default: " + ROWS + ").")
    private void setRows(int number) {
        rows = options.atLeastOne("--rows", number);
    }

    @Option(
            names = "--noise",
            paramLabel = "S",
            description = "Standard deviation of the noise on the targets (default: " + NOISE + ").")
    private void setNoise(double deviation) {
        if (!(deviation >= 0 && deviation <= 100)) {
            throw new ParameterException(
                    spec.commandLine(), "--noise is " + deviation + "; it must be from 0 to 100 (the sine has 1)");
        }
        noise = deviation;
    }

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Training sets, on each of which all models are fitted (default: " + SEEDS + ").")
    private void setSeeds(int number) {
        seeds = options.atLeastOne("--seeds", number);
    }

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Steps of each training, each with all rows (default: " + EPOCHS + ").")
    private void setEpochs(int number) {
        epochs = options.atLeastOne("--epochs", number);
    }

    @Override
    public Integer call() throws Exception {
        TikhonovPlan plan = new TikhonovPlan(rows, noise, seeds, epochs);
        String data = Sha256.of(plan.draw(options.seed()), NoisySine.truth());
        try (Study run = options.open(plan.toMap(), data)) {
            long[] all = options.seeds(seeds);
            Fits fits = new Fits(all, run.run(Fits.jobs(plan, all), Fit.CODEC));
            TikhonovStudy study = new TikhonovStudy(
                    options.seed(), plan, fits, run.run(TikhonovStudy.curves(plan, fits), FittedCurve.CODEC));
            write(study, run.folder());
            run.finish();
        }
        return 0;
    }

    private void write(TikhonovStudy study, OutputFolder folder) {
        Environment environment = Environment.current(options.threads());
        folder.write("result.json", Json.write(TikhonovFiles.result(study, environment)));
        folder.write(
                "history.csv",
                HistoryCsv.of(study.curves().stream().map(FittedCurve::model).toList()));
        folder.write("errors.csv", TikhonovFiles.errors(study.fits()));
        folder.write("report.html", TikhonovPage.html(study, environment));
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextTable.of(TikhonovTable.HEADER, TikhonovTable.rows(study.fits())));
        out.print(TikhonovTable.LEGEND);
        out.println("digest " + study.fits().digest());
        out.println("report " + folder.path().resolve("report.html"));
        out.flush();
        // last, because a machine without fonts can do all but this
        TikhonovCharts charts = new TikhonovCharts(study);
        folder.write("curves.png", Png.of("A noisy sine, fitted", charts.curves()));
        folder.write("errors.png", Png.of("Training and true error over λ", charts.errors()));
        folder.write("noise.png", Png.of("Noise on the inputs beside order 1", charts.noise()));
    }
}
