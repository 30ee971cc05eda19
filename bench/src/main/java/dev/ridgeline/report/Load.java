package dev.ridgeline.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How busy the machine is at a moment, as Linux counts it.
 *
 * @param average the processes that wanted to run, averaged over the last minute; NaN where the system does not tell
 * @param stolen the time that the hypervisor gave to others while this machine wanted to run, since it was started, in ticks
 *     of all its processors; NaN where the system does not tell
 * @param total the time since it was started, in ticks of all its processors; NaN likewise
 */
public record Load(double average, double stolen, double total) {
    /** In the first line of {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int STEAL = 7;

    /**
     * Looks at this machine.
     *
     * @return its load now
     */
    public static Load current() {
        return read(Path.of("/"));
    }

    /** Reads the tree {@code proc} below a root. */
    static Load read(Path root) {
        double[] average = numbers(root.resolve("proc/loadavg"), 0, 1);
        double[] ticks = numbers(root.resolve("proc/stat"), 1, STEAL + 1);
        return new Load(
                average.length == 0 ? Double.NaN : average[0],
                ticks.length == 0 ? Double.NaN : ticks[STEAL],
                ticks.length == 0 ? Double.NaN : DoubleStream.of(ticks).sum());
    }

    /** Returns numbers of the first line of a file, or none where it has not so many. */
    private static double[] numbers(Path file, int from, int count) {
        try {
            List<String> words = List.of(Files.readAllLines(file).getFirst().split("\\s+"));
            return words.subList(from, from + count).stream()
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException | RuntimeException e) {
            return new double[0];
        }
    }

    /**
     * Returns how much of the time between two looks was stolen.
     *
     * @param before the earlier look
     * @return 0 to 1; NaN where the system does not tell, or no time has passed
     */
    public double stolenSince(Load before) {
        return (stolen - before.stolen) / (total - before.total);
    }
}
