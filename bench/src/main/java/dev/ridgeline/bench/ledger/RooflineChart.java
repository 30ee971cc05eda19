package dev.ridgeline.bench.ledger;

import dev.ridgeline.bench.ledger.LedgerEntry.TimedKernel;
import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Ink;
import dev.ridgeline.plot.Mark;
import dev.ridgeline.plot.Points;
import dev.ridgeline.plot.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A roofline plot (Williams, Waterman and Patterson, 2009): over its arithmetic intensity I each kernel's flops a second, below
 * min(peak, I·bandwidth). There is a slope for each level of the memory hierarchy, as in the cache-aware roofline of Ilic,
 * Pratas and Sousa (IEEE Computer Architecture Letters 13(1), 2014): the bytes are those that the kernel goes through,
 * wherever they lie.
 */
final class RooflineChart {
    /** So many kernels are named, those that take longest: more names than there is room for on a phone tell less. */
    private static final int NAMED = 6;

    private static final int ADDED_NAMED = 3;

    /** A kernel that takes less of a step than this share is drawn, but never named. */
    private static final double LEAST_NAMED = 0.02;

    /** The products of layers with weights, not the sum of gradients to a bias. */
    private static final Pattern PRODUCT = Pattern.compile("(Y|dW|dX) = ");

    private final Ceilings ceilings;
    private final LedgerEntry control;
    private final List<TimedKernel> kernels;
    private final List<TimedKernel> added;

    /**
     * Makes the plot of a model.
     *
     * @param ceilings the roofs
     * @param control the step without a regularizer
     * @param added kernels that regularizers add or change
     */
    RooflineChart(Ceilings ceilings, LedgerEntry control, List<TimedKernel> added) {
        this.ceilings = ceilings;
        this.control = control;
        kernels = drawable(control.timed());
        this.added = drawable(added);
    }

    /** A kernel without flops has no place on a logarithmic axis, nor has one too short for the clock. */
    private static List<TimedKernel> drawable(List<TimedKernel> kernels) {
        return kernels.stream()
                .filter(timed -> timed.kernel().demand().flops() > 0 && timed.nanos() > 0)
                .toList();
    }

    /** Returns the kernels that the plot shows. */
    List<TimedKernel> drawn() {
        return Stream.concat(kernels.stream(), added.stream()).toList();
    }

    Chart chart() {
        List<TimedKernel> all = drawn();
        double slowest = ceilings.bandwidths().getLast().gigabytes();
        double ridge = ceilings.gigaflops() / slowest;
        Axis x = Axis.logarithmic(
                "arithmetic intensity, flop/byte",
                DoubleStream.concat(
                        DoubleStream.of(2 * ridge),
                        all.stream()
                                .mapToDouble(timed -> timed.kernel().demand().intensity())));
        Axis y = Axis.logarithmic(
                "GFLOP/s",
                DoubleStream.concat(
                        DoubleStream.of(1.5 * ceilings.gigaflops()),
                        all.stream().mapToDouble(TimedKernel::gigaflops)));
        List<Mark> marks = new ArrayList<>();
        for (Ceilings.Bandwidth level : ceilings.bandwidths()) {
            double top = ceilings.gigaflops() / level.gigabytes();
            double left = Math.max(x.min(), y.min() / level.gigabytes());
            marks.add(Reference.between(
                    level.level() + LedgerTable.format(" %,.0f GB/s", level.gigabytes()),
                    left,
                    left * level.gigabytes(),
                    top,
                    ceilings.gigaflops()));
        }
        double firstRidge =
                ceilings.gigaflops() / ceilings.bandwidths().getFirst().gigabytes();
        marks.add(Reference.between(
                LedgerTable.format("fma peak %,.0f GFLOP/s", ceilings.gigaflops()),
                Math.max(x.min(), firstRidge),
                ceilings.gigaflops(),
                x.max(),
                ceilings.gigaflops()));
        Set<TimedKernel> named = longest(kernels, NAMED);
        named.addAll(longest(added, ADDED_NAMED));
        add(marks, Ink.BLUE, Points.Shape.FILLED, kernels, named, RooflineChart::isProduct);
        add(marks, Ink.ORANGE, Points.Shape.FILLED, kernels, named, kernel -> !isProduct(kernel));
        add(marks, Ink.GREEN, Points.Shape.HOLLOW, added, named, kernel -> true);
        return new Chart("Roofline of a step of " + control.step().model(), x, y, marks);
    }

    /** Returns those that take longest, if they take long. */
    private Set<TimedKernel> longest(List<TimedKernel> kernels, int most) {
        double least = LEAST_NAMED * control.measured().times().sumNanos();
        return kernels.stream()
                .filter(timed -> timed.nanos() >= least)
                .sorted(Comparator.comparingDouble(timed -> -timed.nanos()))
                .limit(most)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isProduct(TimedKernel timed) {
        return PRODUCT.matcher(timed.kernel().name()).lookingAt();
    }

    private static void add(
            List<Mark> marks,
            Ink ink,
            Points.Shape shape,
            List<TimedKernel> kernels,
            Set<TimedKernel> named,
            Predicate<TimedKernel> which) {
        List<Points.Point> points = kernels.stream()
                .filter(which)
                .map(timed -> new Points.Point(timed.kernel().demand().intensity(), timed.gigaflops())
                        .labelled(named.contains(timed) ? name(timed.kernel()) : ""))
                .toList();
        if (!points.isEmpty()) {
            marks.add(new Points("", ink, shape, points));
        }
    }

    /** Returns a few letters: the layer, and what is left of an equation's sign. */
    private static String name(Kernel kernel) {
        String name = kernel.name().replaceAll(" = .*", "");
        return kernel.phase() == Phase.UPDATE
                ? kernel.layer() + " " + name.replaceAll(".*: ", "")
                : (kernel.layer() + " " + name).strip();
    }
}
