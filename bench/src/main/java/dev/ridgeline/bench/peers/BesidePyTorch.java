package dev.ridgeline.bench.peers;

import dev.ridgeline.bench.cost.CostTable;
import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.report.InputFile;
import dev.ridgeline.report.IntervalChart;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.Markdown;
import dev.ridgeline.report.Page;
import dev.ridgeline.report.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the same regularizers add to the same training step in Ridgeline and in PyTorch, from a run that measured both in the
 * same rounds.
 *
 * @param added what was measured; both systems for at least one model and regularizer
 * @param measuredWith settings, environment and the versions of the libraries, by name
 */
public record BesidePyTorch(List<AddedTime> added, Map<String, Object> measuredWith) {
    private static final String WANTED = "the peers.json of a run of the profile peers";

    /** What stands above it in a report. */
    private static final String HEADING = "Beside PyTorch";

    /** The axis of the chart is linear up to this many per cent. */
    private static final double LINEAR = 5;

    private static final List<String> HEADER = List.of(
            "model",
            "regularizer",
            "Ridgeline %",
            "interval",
            "\u00b5s",
            "PyTorch %",
            "interval",
            "\u00b5s",
            "PyTorch is");

    /** Checks that there is something to compare. */
    public BesidePyTorch {
        added = List.copyOf(added);
        if (!comparable(added)) {
            throw new IllegalArgumentException(
                    "no training step with a regularizer in both Ridgeline and PyTorch, in two"
                            + " rounds or more; run peers with --regularizers and a --python that has PyTorch");
        }
    }

    /** Returns whether both systems have something. */
    static boolean comparable(List<AddedTime> added) {
        return Stream.of(AddedTime.System.values())
                .allMatch(system -> added.stream().anyMatch(time -> time.system() == system));
    }

    /**
     * Reads what a run has written.
     *
     * @param file its {@code peers.json}
     * @return what it says of regularizers
     * @throws IllegalArgumentException if it cannot be read, is no such file, of another schema version, damaged, or has no
     *     training step with a regularizer in both systems
     */
    public static BesidePyTorch read(Path file) {
        String text = InputFile.read(file, WANTED);
        Map<String, Object> map = undamaged(file, () -> Json.read(text));
        if (!"peers".equals(map.get("command"))) {
            throw new IllegalArgumentException(file + " is not written by the command peers; name " + WANTED);
        }
        if (!Objects.equals(PeersReport.SCHEMA_VERSION, map.get("schemaVersion"))) {
            throw new IllegalArgumentException(file + " has schema version " + map.get("schemaVersion")
                    + ", and this release reads " + PeersReport.SCHEMA_VERSION + "; run peers again");
        }
        List<AddedTime> added = undamaged(file, () -> AddedTime.of(times((List<?>) map.get("samples"))));
        Map<String, Object> measuredWith = new LinkedHashMap<>();
        undamaged(file, () -> (Map<?, ?>) map.get("measuredWith"))
                .forEach((name, value) -> measuredWith.put((String) name, value));
        try {
            return new BesidePyTorch(added, measuredWith);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " has " + e.getMessage(), e);
        }
    }

    private static List<StepTime> times(List<?> samples) {
        return samples.stream()
                .map(sample -> (Map<?, ?>) sample)
                .filter(StepTime::is)
                .map(StepTime::of)
                .toList();
    }

    private static <T> T undamaged(Path file, Supplier<T> part) {
        String damaged = file + " is damaged: ";
        String remedy = "; copy it again, or run peers again";
        try {
            return Objects.requireNonNull(part.get());
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException(damaged + "a field is missing or holds what it cannot" + remedy, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(damaged + e.getMessage() + remedy, e);
        }
    }

    /** Returns the table's headings. */
    List<String> header() {
        return HEADER;
    }

    /** Returns a row for each model and regularizer; cells of a system that does not have it are empty. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        steps().forEach((step, times) -> {
            List<String> row = new ArrayList<>(step);
            for (AddedTime.System system : AddedTime.System.values()) {
                row.addAll(times.stream()
                        .filter(time -> time.system() == system)
                        .map(BesidePyTorch::cells)
                        .findFirst()
                        .orElse(List.of("", "", "")));
            }
            row.add(times.stream()
                    .filter(time -> time.system() == AddedTime.System.PYTORCH)
                    .map(AddedTime::form)
                    .findFirst()
                    .orElse(""));
            rows.add(row);
        });
        return rows;
    }

    private static List<String> cells(AddedTime time) {
        return List.of(
                CostTable.signed(time.fraction().mean()),
                CostTable.signed(time.fraction()),
                String.format(Locale.ROOT, "%+.1f", time.nanos().mean() / 1e3).replace("-0.0", "+0.0"));
    }

    private String chart() {
        IntervalChart chart = new IntervalChart("What each regularizer adds in Ridgeline and in PyTorch", " %", LINEAR);
        String model = null;
        for (AddedTime time : added) {
            if (!time.model().equals(model)) {
                model = time.model();
                chart.group(model, "", 0);
            }
            Interval fraction = time.fraction();
            chart.interval(
                    time.regularizer() + (time.system() == AddedTime.System.RIDGELINE ? "" : ", " + time.system()),
                    percent(fraction),
                    time.system() == AddedTime.System.RIDGELINE ? IntervalChart.Kind.EFFECT : IntervalChart.Kind.WITHIN,
                    100 * fraction.mean(),
                    100 * fraction.low(),
                    100 * fraction.high());
        }
        return Page.figure(
                chart.html(),
                "Added time per step in each system, over its own step without a regularizer, with 95 % intervals."
                        + " Filled: Ridgeline. Hollow: PyTorch."
                        + (chart.isBent()
                                ? String.format(Locale.ROOT, " Beyond %.0f %% the axis is logarithmic.", LINEAR)
                                : ""));
    }

    /**
     * Returns what each regularizer adds in both systems.
     *
     * @return a line for each that both have
     */
    public String text() {
        return steps().entrySet().stream()
                .filter(step -> step.getValue().size() == AddedTime.System.values().length)
                .map(step -> String.join(" on ", step.getKey().reversed()) + ": "
                        + step.getValue().stream()
                                .map(time -> percent(time.fraction()) + " in " + time.system())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
    }

    private static String percent(Interval fraction) {
        return CostTable.signed(fraction.mean()) + " % " + CostTable.signed(fraction);
    }

    /** Returns the times by model and regularizer. */
    private Map<List<String>, List<AddedTime>> steps() {
        Map<List<String>, List<AddedTime>> steps = new LinkedHashMap<>();
        added.forEach(
                time -> steps.computeIfAbsent(List.of(time.model(), time.regularizer()), step -> new ArrayList<>())
                        .add(time));
        return steps;
    }

    /** Returns how to read it; a processor other than the given one is told. */
    String reading(String cpu) {
        String measuredOn = String.valueOf(measuredWith.get("cpu"));
        boolean oneThread = Objects.equals(1, measuredWith.get("threads"));
        return "Both systems did the same steps in the same " + measuredWith.get("rounds") + " rounds, on "
                + (oneThread ? "one thread" : measuredWith.get("threads") + " threads") + " of " + measuredOn
                + (measuredOn.equals(cpu) ? "" : ", another processor than in the rest of this report") + ": Ridgeline "
                + measuredWith.get("ridgeline") + " and "
                + measuredWith.getOrDefault("torch", measuredWith.get("torch-compiled"))
                + ". Each percentage is over the system's own step without a regularizer; the microseconds are what it adds."
                + " PyTorch is eager or compiled (torch.compile), whichever took less time for that step. There L2 is"
                + " weight_decay on the same kernels; L1 is its sign added to their gradients where eager, a term of the loss"
                + " where compiled; the largest norm is held by renorm_ after the update; dropout and batch norm are modules at"
                + " the same places.";
    }

    /**
     * Returns it as a part of a report.
     *
     * @param cpu the processor that the rest of the report was measured on
     * @return chart, table and how to read them; the same numbers for the JSON file, under {@code besidePyTorch}
     */
    public Section section(String cpu) {
        String html = chart() + Page.table(HEADER, rows()) + Page.paragraph(reading(cpu));
        String markdown = Markdown.table(HEADER, rows()) + "\n" + Markdown.paragraphs(List.of(reading(cpu)));
        return new Section(HEADING, html, markdown, Map.of("besidePyTorch", toList()));
    }

    /**
     * Returns what was measured, for a JSON file.
     *
     * @return a map for each model, regularizer and system
     */
    List<Map<String, Object>> toList() {
        return added.stream().map(AddedTime::toMap).toList();
    }
}
