package dev.ridgeline.bench.cost;

import dev.ridgeline.report.InputFile;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A finished run whose times can be compared with another's: a {@code cost.json}, or what JMH wrote with {@code -rf json}.
 *
 * @param name what the reports call it: its file
 * @param cost whether it is a {@code cost.json}, which has controls and noise floors
 * @param conditions what it was measured under, by name
 * @param series what was measured
 * @param logRuler the logarithms of the times of a computation that is the same in every run, one a block; none where the
 *     machine's speed was not measured
 * @param notes what a reader must know of it
 */
public record TimedRun(
        String name,
        boolean cost,
        Map<String, Object> conditions,
        List<Series> series,
        List<Double> logRuler,
        List<String> notes) {
    private static final String WANTED = "a cost.json, or what JMH wrote with -rf json";

    /** Copies the lists. */
    public TimedRun {
        series = List.copyOf(series);
        logRuler = List.copyOf(logRuler);
        notes = List.copyOf(notes);
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @return what it holds
     * @throws IllegalArgumentException if it cannot be read, is neither of the two, of another version, or damaged
     */
    public static TimedRun read(Path file) {
        String name = file.toString();
        String text = InputFile.read(file, WANTED);
        return switch (text.charAt(0)) {
            case '[' -> JmhFile.read(name, text);
            case '{' -> of(name, CostFile.read(name, text, CostFile.DAMAGED));
            default -> throw new IllegalArgumentException(name + " is not JSON; name " + WANTED);
        };
    }

    /**
     * Prepares a run of this command.
     *
     * @param name what the reports call it
     * @param result the run
     * @return one series for each model without a regularizer, its two controls taken together, and one for each other
     *     variant
     * @throws IllegalArgumentException if it has fewer than two blocks
     */
    static TimedRun of(String name, CostResult result) {
        if (result.finished() < 2) {
            throw new IllegalArgumentException(name + " has " + result.finished()
                    + " finished blocks; a comparison needs at least 2, a useful one 10");
        }
        Map<Variant, List<Timing>> timings = Analysis.timings(result.samples());
        List<Series> series = new ArrayList<>();
        for (Noise noise : result.analysis().noises()) {
            Variant control = result.settings().variants().stream()
                    .filter(variant -> variant.model().equals(noise.model()))
                    .findFirst()
                    .orElseThrow()
                    .control();
            double[] first = Analysis.times(timings.get(control));
            double[] second = Analysis.times(timings.get(control.secondControl()));
            List<Double> controls = IntStream.range(0, first.length)
                    .mapToObj(b -> (Math.log(first[b]) + Math.log(second[b])) / 2)
                    .toList();
            series.add(new Series(label(control), noise.model(), controls, List.of(), noise.floor()));
            for (Variant variant : result.settings().variants()) {
                if (variant.model().equals(noise.model()) && !variant.isControl()) {
                    double[] times = Analysis.times(timings.get(variant));
                    series.add(new Series(
                            label(variant),
                            noise.model(),
                            DoubleStream.of(times).map(Math::log).boxed().toList(),
                            DoubleStream.of(Analysis.logRatios(times, first, second))
                                    .boxed()
                                    .toList(),
                            noise.floor()));
                }
            }
        }
        List<Double> logRuler = result.conditions().stream()
                .map(block -> (Math.log(block.rulerBefore()) + Math.log(block.rulerAfter())) / 2)
                .toList();
        String origin = name + " has " + result.finished() + " blocks of commit "
                + result.environment().commit() + ", begun " + result.started().truncatedTo(ChronoUnit.SECONDS) + ".";
        return new TimedRun(name, true, Comparability.of(result), series, logRuler, List.of(origin));
    }

    private static String label(Variant variant) {
        return variant.name() + Gate.ON + variant.model();
    }
}
