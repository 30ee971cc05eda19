package dev.ridgeline.bench.ledger;

import dev.ridgeline.bench.ledger.LedgerEntry.TimedKernel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of a ledger.
 *
 * @param header the headings
 * @param rows the cells, each row as long as the header
 */
record LedgerTable(List<String> header, List<List<String>> rows) {
    /** What belongs to the model as a whole. */
    private static final String NO_LAYER = "(model)";

    /** Copies the lists. */
    LedgerTable {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** What the machine can do. */
    static LedgerTable ceilings(Ceilings ceilings) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("fma peak", format("%,.1f GFLOP/s", ceilings.gigaflops()), "registers"));
        for (Ceilings.Bandwidth level : ceilings.bandwidths()) {
            rows.add(List.of(
                    level.level() + " bandwidth",
                    format("%,.1f GB/s", level.gigabytes()),
                    size(level.workingSet()) + " a thread"));
        }
        return new LedgerTable(List.of("ceiling", "measured", "over"), rows);
    }

    /** What each step must do, and what it achieves. */
    static LedgerTable steps(Ledger ledger) {
        List<String> header = new ArrayList<>(
                List.of("model", "regularizer", "Mflop", "MB", "random kbit", "ns per step", "GFLOP/s", "GB/s"));
        if (ledger.ceilings() != null) {
            header.addAll(List.of("% peak", "% bandwidth", "% roof"));
        }
        header.add("B allocated");
        return new LedgerTable(
                header,
                ledger.entries().stream()
                        .map(entry -> step(entry, ledger.ceilings()))
                        .toList());
    }

    private static List<String> step(LedgerEntry entry, Ceilings ceilings) {
        Demand demand = entry.kernels().demand();
        double nanos = entry.step().nanos();
        List<String> row = new ArrayList<>(List.of(
                entry.step().model(),
                entry.step().regularizer(),
                format("%,.2f", demand.flops() / 1e6),
                format("%,.2f", demand.bytes() / 1e6),
                format("%,.0f", demand.randomBits() / 1e3),
                format("%,.0f", nanos),
                format("%,.1f", entry.gigaflops()),
                format("%,.1f", entry.gigabytes())));
        if (ceilings != null) {
            row.addAll(List.of(
                    format("%.1f", 100 * entry.gigaflops() / ceilings.gigaflops()),
                    format(
                            "%.1f",
                            100 * entry.gigabytes() / entry.level(ceilings).gigabytes()),
                    format("%.1f", 100 * entry.roofNanos(ceilings) / nanos)));
        }
        double allocated = entry.step().allocated();
        row.add(Double.isNaN(allocated) ? "" : format("%,.1f", allocated));
        return row;
    }

    /** Where the time of each step goes, by phase. */
    static LedgerTable phases(List<LedgerEntry> measured) {
        List<Phase> phases = phasesOf(measured);
        List<String> header = new ArrayList<>(List.of("model", "regularizer"));
        phases.forEach(phase -> header.add(phase + " ns"));
        header.addAll(List.of("sum ns", "whole ns", "difference %", "adds up"));
        List<List<String>> rows = new ArrayList<>();
        for (LedgerEntry entry : measured) {
            StepTimes times = entry.measured().times();
            List<String> row =
                    new ArrayList<>(List.of(entry.step().model(), entry.step().regularizer()));
            phases.forEach(phase -> row.add(format("%,.0f", entry.nanos(phase))));
            row.add(format("%,.0f", times.sumNanos()));
            row.add(format("%,.0f", times.wholeNanos()));
            row.add(format("%+.1f", 100 * times.difference()));
            row.add(times.addsUp() ? "yes" : "does not add up");
            rows.add(row);
        }
        return new LedgerTable(header, rows);
    }

    /** What a regularizer adds to each phase. */
    static LedgerTable shares(Ledger ledger, List<LedgerEntry> measured) {
        List<Phase> phases = phasesOf(measured);
        List<String> header = new ArrayList<>(List.of("model", "regularizer"));
        phases.forEach(phase -> header.add(phase + " ns"));
        header.add("sum ns");
        List<List<String>> rows = new ArrayList<>();
        for (LedgerEntry entry : measured) {
            LedgerEntry control = ledger.control(entry.step().model()).orElse(entry);
            if (control != entry && control.measured() != null) {
                List<String> row = new ArrayList<>(
                        List.of(entry.step().model(), entry.step().regularizer()));
                phases.forEach(phase -> row.add(format("%+,.0f", entry.nanos(phase) - control.nanos(phase))));
                double added = entry.measured().times().sumNanos()
                        - control.measured().times().sumNanos();
                row.add(format("%+,.0f", added));
                rows.add(row);
            }
        }
        return new LedgerTable(header, rows);
    }

    /** Where the time of each step goes, by layer and phase. */
    static LedgerTable layers(List<LedgerEntry> measured) {
        List<Phase> phases = phasesOf(measured);
        List<String> header = new ArrayList<>(List.of("model", "layer"));
        phases.forEach(phase -> header.add(phase + " ns"));
        header.addAll(List.of("sum ns", "% of sum"));
        List<List<String>> rows = new ArrayList<>();
        for (LedgerEntry entry : measured) {
            Map<String, List<TimedKernel>> layers = entry.timed().stream()
                    .collect(Collectors.groupingBy(
                            timed -> timed.kernel().layer(), LinkedHashMap::new, Collectors.toList()));
            layers.forEach((layer, kernels) -> {
                List<String> row = new ArrayList<>(List.of(entry.step().model(), layer.isEmpty() ? NO_LAYER : layer));
                phases.forEach(phase -> row.add(
                        format("%,.0f", nanos(kernels, timed -> timed.kernel().phase() == phase))));
                double sum = nanos(kernels, timed -> true);
                row.add(format("%,.0f", sum));
                row.add(format("%.1f", 100 * sum / entry.measured().times().sumNanos()));
                rows.add(row);
            });
        }
        return new LedgerTable(header, rows);
    }

    private static double nanos(List<TimedKernel> kernels, Predicate<TimedKernel> which) {
        return kernels.stream().filter(which).mapToDouble(TimedKernel::nanos).sum();
    }

    private static List<Phase> phasesOf(List<LedgerEntry> entries) {
        return Stream.of(Phase.values())
                .filter(phase -> phase != Phase.FUNCTION
                        || entries.stream().anyMatch(entry -> entry.kernels().has(Phase.FUNCTION)))
                .toList();
    }

    /** Kernels one by one, in the order in which they run. */
    static LedgerTable kernels(LedgerEntry entry, List<TimedKernel> kernels, Ceilings ceilings) {
        List<String> header = new ArrayList<>(
                List.of("phase", "layer", "kernel", "ns", "% of sum", "kflop", "kB", "flop/byte", "GFLOP/s", "GB/s"));
        if (ceilings != null) {
            header.add("% roof");
        }
        double sum = entry.measured().times().sumNanos();
        List<List<String>> rows = new ArrayList<>();
        for (TimedKernel timed : kernels) {
            Demand demand = timed.kernel().demand();
            boolean told = timed.nanos() > 0;
            List<String> row = new ArrayList<>(List.of(
                    timed.kernel().phase().toString(),
                    timed.kernel().layer(),
                    timed.kernel().name(),
                    format("%,.0f", timed.nanos()),
                    format("%.1f", 100 * timed.nanos() / sum),
                    format("%,.1f", demand.flops() / 1e3),
                    format("%,.1f", demand.bytes() / 1e3),
                    format("%.2f", demand.intensity()),
                    told ? format("%,.1f", timed.gigaflops()) : "",
                    told ? format("%,.1f", timed.gigabytes()) : ""));
            if (ceilings != null) {
                double roof = ceilings.nanos(demand, entry.level(ceilings));
                row.add(told ? format("%.0f", 100 * roof / timed.nanos()) : "");
            }
            rows.add(row);
        }
        return new LedgerTable(header, rows);
    }

    /** What a roofline plot shows of kernels. */
    static LedgerTable points(List<TimedKernel> kernels) {
        List<List<String>> rows = new ArrayList<>();
        for (TimedKernel timed : kernels) {
            rows.add(List.of(
                    timed.kernel().toString(),
                    format("%.3f", timed.kernel().demand().intensity()),
                    format("%,.1f", timed.gigaflops())));
        }
        return new LedgerTable(List.of("kernel", "flop/byte", "GFLOP/s"), rows);
    }

    /** What the processor has counted in each step. */
    static LedgerTable counters(List<LedgerEntry> measured) {
        Set<String> names = measured.stream()
                .flatMap(entry -> entry.measured().counters().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> header = new ArrayList<>(List.of("model", "regularizer"));
        header.addAll(names);
        List<List<String>> rows = new ArrayList<>();
        for (LedgerEntry entry : measured) {
            List<String> row =
                    new ArrayList<>(List.of(entry.step().model(), entry.step().regularizer()));
            for (String name : names) {
                Double count = entry.measured().counters().get(name);
                row.add(count == null ? "" : format(count < 100 ? "%.2f" : "%,.0f", count));
            }
            rows.add(row);
        }
        return new LedgerTable(header, rows);
    }

    /** Returns a size in KiB, or in MiB from 10 MiB on. */
    static String size(long bytes) {
        return bytes < 10 << 20 ? format("%,.0f KiB", bytes / 1024.0) : format("%,.0f MiB", bytes / 1048576.0);
    }

    static String format(String pattern, Object... numbers) {
        return String.format(Locale.ROOT, pattern, numbers);
    }
}
