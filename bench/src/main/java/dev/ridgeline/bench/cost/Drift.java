package dev.ridgeline.bench.cost;

import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Curve;
import dev.ridgeline.plot.Ink;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How the speed of the machine changed during a run, as its {@link Ruler} saw it.
 *
 * @param blocks what the machine was like in each block, in their order; at least one
 */
record Drift(List<Conditions> blocks) {
    /** A speed that changes by more than this is no longer the noise of the ruler. */
    private static final double LIMIT = 0.05;

    private static final List<String> HEADER = List.of(
            "block", "ruler before, ms", "ruler after, ms", "change %", "load before", "load after", "stolen %");

    Drift {
        blocks = List.copyOf(blocks);
    }

    private DoubleStream rulers() {
        return blocks.stream().flatMapToDouble(block -> DoubleStream.of(block.rulerBefore(), block.rulerAfter()));
    }

    private double fastest() {
        return rulers().min().orElseThrow();
    }

    /** Returns how much longer the slowest ruler took than the fastest, as a fraction. */
    double range() {
        return rulers().max().orElseThrow() / fastest() - 1;
    }

    /** Returns by how much the ruler changed from the start of a block to its end where it changed most, as a fraction. */
    double withinBlock() {
        return blocks.stream().mapToDouble(Drift::change).map(Math::abs).max().orElseThrow();
    }

    private static double change(Conditions block) {
        return block.rulerAfter() / block.rulerBefore() - 1;
    }

    /** Returns that the machine was not the same throughout, or nothing where it was. */
    Optional<String> doubt() {
        return range() <= LIMIT
                ? Optional.empty()
                : Optional.of("The machine did not keep its speed: a fixed computation took up to "
                        + CostTable.percent(range())
                        + " % longer at some time than at another, and changed by up to "
                        + CostTable.percent(withinBlock())
                        + " % within a block. What changes between blocks cancels, what changes within one widens the"
                        + " intervals.");
    }

    /** Returns what the figures mean. */
    String text() {
        return "Before and after each block the run timed its ruler: a fixed chain of integer operations that has nothing"
                + " to do with Ridgeline's kernels and uses neither vectors nor memory. It shows the speed of a core at"
                + " that moment. The slowest took " + CostTable.percent(range())
                + " % longer than the fastest (drift); within a"
                + " block it changed by " + CostTable.percent(withinBlock())
                + " % at most. Load is the average of the last minute,"
                + " the run's own JVMs included. Stolen is the time that a hypervisor gave to other machines.";
    }

    List<String> header() {
        return HEADER;
    }

    /** Returns a row of cells for each block. */
    List<List<String>> rows() {
        return IntStream.range(0, blocks.size())
                .mapToObj(b -> {
                    Conditions block = blocks.get(b);
                    return List.of(
                            Integer.toString(b + 1),
                            cell("%.2f", block.rulerBefore() / 1e6),
                            cell("%.2f", block.rulerAfter() / 1e6),
                            CostTable.signed(change(block)),
                            cell("%.2f", block.loadBefore()),
                            cell("%.2f", block.loadAfter()),
                            cell("%.1f", 100 * block.stolen()));
                })
                .toList();
    }

    private static String cell(String format, double value) {
        return Double.isNaN(value) ? "\u2013" : CostTable.format(format, value);
    }

    /** Returns the ruler over the blocks, in % above its fastest. */
    Chart chart() {
        int n = blocks.size();
        double[] x = new double[2 * n];
        double[] y = new double[2 * n];
        for (int b = 0; b < n; b++) {
            x[2 * b] = b + 0.6;
            x[2 * b + 1] = b + 1.4;
            y[2 * b] = 100 * (blocks.get(b).rulerBefore() / fastest() - 1);
            y[2 * b + 1] = 100 * (blocks.get(b).rulerAfter() / fastest() - 1);
        }
        return new Chart(
                "Speed of the machine",
                Axis.linear("block", 0.5, n + 0.5),
                Axis.linear("Time of the ruler, % above its fastest", 0, Math.max(100 * LIMIT, 110 * range())),
                List.of(Curve.line("ruler", Ink.BLUE, x, y).in(Curve.Style.MARKED)));
    }
}
