package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.cost.CompareReport;
import dev.ridgeline.bench.cost.Comparison;
import dev.ridgeline.bench.cost.CostReport;
import dev.ridgeline.bench.cost.CostResult;
import dev.ridgeline.bench.cost.CostRun;
import dev.ridgeline.bench.cost.Gate;
import dev.ridgeline.bench.cost.Iterations;
import dev.ridgeline.bench.cost.Reading;
import dev.ridgeline.bench.cost.Settings;
import dev.ridgeline.bench.cost.TimedRun;
import dev.ridgeline.bench.cost.Timing;
import dev.ridgeline.bench.peers.PeersReport;
import dev.ridgeline.bench.peers.PeersResult;
import dev.ridgeline.bench.peers.PeersRun;
import dev.ridgeline.bench.peers.Work;
import dev.ridgeline.experiments.study.Browser;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Load;
import dev.ridgeline.report.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that set one run beside another, of made-up times, in a browser. */
class ComparePageTest {
    @TempDir
    private Path folder;

    /** A run in which the named regularizer takes so many times as long as the others. */
    private TimedRun cost(String name, String regularizer, double factor) {
        Random random = new Random(name.hashCode());
        Settings settings = new Settings(
                List.of("iris", "mnist128"),
                List.of("l1", "weight-elimination", "dropout", "batchnorm"),
                10,
                42,
                1,
                Iterations.DEFAULT);
        CostResult result = CostRun.measure(
                CostResult.begin(settings, Environment.current(1)),
                variant -> {
                    double nanos = variant.name().equals(regularizer) ? factor * 231_000 : 231_000;
                    nanos *= Math.exp(0.004 * random.nextGaussian());
                    return new Timing(nanos, 0.2, List.of(nanos, nanos));
                },
                () -> new Reading(1e8 * Math.exp(0.001 * random.nextGaussian()), new Load(0.5, 0, System.nanoTime())),
                variant -> {},
                blocks -> {});
        try (OutputFolder written = OutputFolder.open(folder.resolve(name))) {
            return TimedRun.read(new CostReport(result).write(written).getFirst());
        }
    }

    private void check(String name, TimedRun a, TimedRun b, List<String> gates, int charts) throws Exception {
        Comparison comparison = Comparison.of(a, b, 0.01, false);
        List<Gate.Judged> judged = gates.stream()
                .map(gate -> Gate.parse(gate).judge(b, comparison))
                .toList();
        try (OutputFolder written = OutputFolder.open(folder.resolve(name))) {
            Path page = new CompareReport(comparison, judged).write(written).getLast();
            Browser.check(name, Files.readString(page), charts);
        }
    }

    @Test
    void twoRunsOfCostAreSoundInABrowser() throws Exception {
        TimedRun before = cost("before", "dropout", 1.2);
        TimedRun after = cost("after", "batchnorm", 1.9);
        check("compare", before, after, List.of("dropout on iris <= 5%", "batchnorm on mnist128 slower <= 3%"), 2);
    }

    @Test
    void twoFilesOfJmhAreSoundInABrowser() throws Exception {
        check("compare-jmh", jmh("a.json", 1), jmh("b.json", 3), List.of(), 1);
    }

    private TimedRun jmh(String name, double factor) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String form : List.of("nn", "tn", "nt")) {
            entries.add("""
                    {"benchmark": "dev.ridgeline.bench.GemmBenchmark.vector", "mode": "avgt", "threads": 1, "forks": 2,
                     "params": {"form": "%s", "shape": "1024x1024x1024"},
                     "primaryMetric": {"scoreUnit": "us/op", "rawData": [[%s], [%s]]}}""".formatted(form, factor, 1.1 * factor));
        }
        return TimedRun.read(Files.writeString(folder.resolve(name), entries.toString()));
    }

    @Test
    void whatPyTorchAddsIsSoundInABrowser() throws Exception {
        Map<String, Double> there = new LinkedHashMap<>();
        there.put("none", 1.0);
        there.put("l1", 1.2);
        there.put("elasticnet", 1.25);
        there.put("maxnorm", 1.1);
        there.put("dropout", 2.4);
        there.put("batchnorm", 1.7);
        Random random = new Random(5);
        List<PeersRun.Sample> samples = new ArrayList<>();
        for (int round = 1; round <= 3; round++) {
            for (String model : List.of("iris", "mnist128")) {
                for (Map.Entry<String, Double> regularizer : there.entrySet()) {
                    Work step = new Work.Step(Models.named(model), regularizer.getKey());
                    double noise = Math.exp(0.03 * random.nextGaussian());
                    samples.add(new PeersRun.Sample(round, step, "ridgeline", 20_000 * noise));
                    samples.add(new PeersRun.Sample(round, step, "torch", 80_000 * regularizer.getValue() * noise));
                }
            }
        }
        PeersResult result = new PeersResult(
                Map.of("ridgeline", "0.1.0, commit abc", "torch", "PyTorch 2.13.0+cpu, AVX512"), List.of(), samples);
        try (OutputFolder written = OutputFolder.open(folder)) {
            List<Path> files =
                    new PeersReport(result, Map.of("rounds", 3, "threads", 1, "cpu", "a processor")).write(written);
            String html = Files.readString(files.getLast());
            assertEquals(20, html.split("PyTorch</text>", -1).length - 1, "ten rows, wide and narrow");
            Browser.check("beside-pytorch", html, 1);
        }
    }
}
