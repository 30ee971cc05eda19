package dev.ridgeline.experiments;

import dev.ridgeline.bench.cost.CostReport;
import dev.ridgeline.bench.cost.CostResult;
import dev.ridgeline.bench.cost.CostRun;
import dev.ridgeline.bench.cost.Iterations;
import dev.ridgeline.bench.cost.Reading;
import dev.ridgeline.bench.cost.Settings;
import dev.ridgeline.bench.cost.Timing;
import dev.ridgeline.bench.cost.VariantTimer;
import dev.ridgeline.experiments.study.Browser;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Load;
import dev.ridgeline.report.OutputFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a made-up machine, on which some regularizers cost something, in a browser. */
class CostPageTest {
    private static final Map<String, Double> OVERHEADS =
            Map.of("l1", 0.0, "weight-elimination", 0.012, "dropout", 0.12, "batchnorm", 0.62, "tikhonov", 4.2);

    @TempDir
    private Path folder;

    @Test
    void isSoundInABrowser() throws Exception {
        Random random = new Random(42);
        Settings settings = new Settings(
                List.of("iris", "mnist128"),
                OVERHEADS.keySet().stream().sorted().toList(),
                10,
                42,
                1,
                Iterations.DEFAULT);
        VariantTimer timer = variant -> {
            double nanos = variant.model().equals("iris") ? 14_000 : 231_000;
            nanos *= 1 + OVERHEADS.getOrDefault(variant.name(), 0.0);
            nanos *= Math.exp(0.005 * random.nextGaussian());
            return new Timing(nanos, 0.2, List.of(nanos, nanos));
        };
        CostResult result = CostRun.measure(
                CostResult.begin(settings, Environment.current(1)),
                timer,
                () -> new Reading(1e8, new Load(0.5, 0, System.nanoTime())),
                variant -> {},
                blocks -> {});
        new CostReport(result).write(OutputFolder.open(folder));
        Browser.check("cost", Files.readString(folder.resolve("report.html")), 2);
    }
}
