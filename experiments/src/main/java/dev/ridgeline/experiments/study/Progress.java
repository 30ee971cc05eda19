package dev.ridgeline.experiments.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a study is, shown on the terminal that standard error goes to; without one nothing is shown. */
public final class Progress implements AutoCloseable {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private static final long MILLIS = 1000;
    private static final long MEGABYTE = 1_000_000;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Starts to show progress, if that is wanted and there is a terminal.
     *
     * @param task what is done
     * @param steps how many steps it has
     * @param quiet whether to show nothing
     * @return the display
     */
    public static Progress of(String task, long steps, boolean quiet) {
        return new Progress(
                quiet || !terminal() ? null : bar(task).setInitialMax(steps).build());
    }

    /**
     * Starts to show progress in seconds of an estimated time, see {@link #step(Duration)}.
     *
     * @param task what is done
     * @param estimate how long it will take
     * @param quiet whether to show nothing
     * @return the display
     */
    public static Progress ofSeconds(String task, Duration estimate, boolean quiet) {
        return new Progress(
                quiet || !terminal()
                        ? null
                        : bar(task)
                                .setInitialMax(estimate.toMillis())
                                .setUnit(" s", MILLIS)
                                .build());
    }

    /**
     * Starts to show progress in bytes, see {@link #step(long)}.
     *
     * @param task what is done
     * @param bytes how many there are
     * @param quiet whether to show nothing
     * @return the display
     */
    public static Progress ofBytes(String task, long bytes, boolean quiet) {
        return new Progress(
                quiet || !terminal()
                        ? null
                        : bar(task)
                                .setInitialMax(bytes)
                                .setUnit(" MB", MEGABYTE)
                                .build());
    }

    private static ProgressBarBuilder bar(String task) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(System.err));
    }

    /** Linux tells where standard error goes; elsewhere the console has to do, which looks at the other two streams. */
    private static boolean terminal() {
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null && System.console().isTerminal();
        }
    }

    /** Counts one step; may be called from several threads. */
    public void step() {
        if (bar != null) {
            bar.step();
        }
    }

    /**
     * Counts a step.
     *
     * @param estimate how long it was estimated to take
     */
    public void step(Duration estimate) {
        if (bar != null) {
            bar.stepBy(estimate.toMillis());
        }
    }

    /**
     * Counts several steps at once.
     *
     * @param steps how many
     */
    public void step(long steps) {
        if (bar != null) {
            bar.stepBy(steps);
        }
    }

    /** Removes the display. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
