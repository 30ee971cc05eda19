package dev.ridgeline.bench.peers;

import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import dev.ridgeline.report.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A finished run as {@code peers.txt}, {@code peers.json} and {@code report.html}. */
public final class PeersReport {
    /** The version of the shape of {@code peers.json}. */
    public static final int SCHEMA_VERSION = 1;

    private static final String TITLE = "Ridgeline beside other libraries";
    private static final List<String> HEADER =
            List.of("work", "library", "us", "GFLOP/s", "ratio", "95 % interval of the ratio");
    private static final String READING =
            "The ratio is the library's time over Ridgeline's in the same round, so above 1"
                    + " Ridgeline is faster: geometric mean over the rounds, with Student's 95 % interval. Times are in"
                    + " microseconds per product or per training step (forward, loss, backward, update). GFLOP/s count the matrix"
                    + " products alone.";

    private final PeersResult result;
    private final Map<String, Object> measuredWith;

    /**
     * Makes the report.
     *
     * @param result the run
     * @param measuredWith settings and environment, by name
     */
    public PeersReport(PeersResult result, Map<String, ?> measuredWith) {
        this.result = result;
        this.measuredWith = new LinkedHashMap<>(measuredWith);
        this.measuredWith.putAll(result.descriptions());
    }

    /**
     * Writes the files.
     *
     * @param folder where to
     * @return the files
     * @throws dev.ridgeline.report.OutputException if one cannot be written
     */
    public List<Path> write(OutputFolder folder) {
        List<List<String>> rows =
                result.comparisons().stream().map(Comparison::cells).toList();
        Page page = new Page(TITLE, READING).section("Times and ratios", Page.table(HEADER, rows));
        besidePyTorch()
                .map(beside -> beside.section(cpu()))
                .ifPresent(part -> page.section(part.heading(), part.html()));
        String html =
                page.section("Measured with", Page.properties(measuredWith)).html();
        return List.of(
                folder.write("peers.txt", text()),
                folder.write("peers.json", Json.write(json())),
                folder.write("report.html", html));
    }

    /**
     * Returns the table and what was measured with, for a terminal.
     *
     * @return lines of ASCII
     */
    public String text() {
        StringBuilder text = new StringBuilder(line(HEADER));
        Work work = null;
        for (Comparison comparison : result.comparisons()) {
            text.append(comparison.work().equals(work) ? "" : "\n").append(line(comparison.cells()));
            work = comparison.work();
        }
        text.append('\n').append(READING).append("\n\n");
        besidePyTorch().ifPresent(beside -> appendTo(text, beside));
        measuredWith.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private String cpu() {
        return String.valueOf(measuredWith.get("cpu"));
    }

    private Optional<BesidePyTorch> besidePyTorch() {
        List<StepTime> times = new ArrayList<>();
        for (PeersRun.Sample sample : result.samples()) {
            if (sample.work() instanceof Work.Step step) {
                times.add(new StepTime(
                        sample.round(), step.model().name(), step.regularizer(), sample.peer(), sample.nanos()));
            }
        }
        List<AddedTime> added = AddedTime.of(times);
        return BesidePyTorch.comparable(added) ? Optional.of(new BesidePyTorch(added, measuredWith)) : Optional.empty();
    }

    private void appendTo(StringBuilder text, BesidePyTorch beside) {
        text.append(addedLine(beside.header()));
        beside.rows().forEach(row -> text.append(addedLine(row)));
        text.append('\n').append(beside.reading(cpu())).append("\n\n");
    }

    private static String addedLine(List<String> cells) {
        return String.format("%-9s %-12s %12s %16s %8s %10s %16s %8s  %s", cells.toArray())
                        .replace('\u00b5', 'u')
                        .stripTrailing()
                + "\n";
    }

    private static String line(List<String> cells) {
        return String.format("%-26s %-20s %9s %8s %7s  %s", cells.toArray()).stripTrailing() + "\n";
    }

    Map<String, Object> json() {
        List<Map<String, Object>> comparisons = new ArrayList<>();
        for (Comparison comparison : result.comparisons()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("work", comparison.work().name());
            map.put("library", comparison.peer());
            map.put("nanos", comparison.nanos());
            if (comparison.ratio() != null) {
                map.put("ratio", comparison.ratio().mean());
                map.put("low", comparison.ratio().low());
                map.put("high", comparison.ratio().high());
            }
            if (comparison.problem() != null) {
                map.put("problem", comparison.problem());
            }
            comparisons.add(map);
        }
        List<Map<String, Object>> samples = new ArrayList<>();
        for (PeersRun.Sample sample : result.samples()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("round", sample.round());
            map.put("work", sample.work().name());
            if (sample.work() instanceof Work.Step step) {
                map.put("model", step.model().name());
                map.put("regularizer", step.regularizer());
            }
            map.put("library", sample.peer());
            map.put("nanos", sample.nanos());
            samples.add(map);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("command", "peers");
        map.put("schemaVersion", SCHEMA_VERSION);
        map.put("measuredWith", measuredWith);
        map.put("comparisons", comparisons);
        map.put("added", besidePyTorch().map(BesidePyTorch::toList).orElse(List.of()));
        map.put("samples", samples);
        return map;
    }
}
