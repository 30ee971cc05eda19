package dev.ridgeline.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks with JMH, in forks that have this VM's own options, and prints nothing. */
public final class JmhFork {
    private JmhFork() {}

    /** A fork failed. */
    public static final class ForkException extends Exception {
        private static final long serialVersionUID = 1;

        /** What JMH and the failed VM printed. */
        private final String log;

        ForkException(RunnerException cause, String log) {
            super(cause.getMessage(), cause);
            this.log = log;
        }

        /**
         * Returns what JMH and the failed VM printed.
         *
         * @return the text
         */
        public String log() {
            return log;
        }
    }

    /**
     * Runs benchmarks.
     *
     * @param options which, and how
     * @return one result for each benchmark and set of parameters
     * @throws ForkException if one fails and the options say that it should end the run
     */
    public static Collection<RunResult> run(Options options) throws ForkException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        try {
            return new Runner(options, OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL)).run();
        } catch (RunnerException e) {
            waitIfShuttingDown();
            throw new ForkException(e, log.toString(StandardCharsets.UTF_8));
        }
    }

    /** A fork that Ctrl-C ended has not failed. This VM ends as well, and until then nobody should read of a failure. */
    private static void waitIfShuttingDown() {
        try {
            Thread.sleep(300); // the signal may have reached the fork first
            Runtime.getRuntime().removeShutdownHook(new Thread()); // throws during shutdown
        } catch (IllegalStateException e) {
            while (true) {
                LockSupport.park();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
