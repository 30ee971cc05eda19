package dev.ridgeline.experiments.study;

import dev.ridgeline.report.OutputFolder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A study under way: the folder it writes to, which no other run may write to meanwhile, and the journal of its finished
 * jobs. {@link StudyOptions#open} makes it.
 */
public final class Study implements AutoCloseable {
    private final String command;
    private final OutputFolder folder;
    private final Journal journal;
    private final int threads;
    private final boolean quiet;

    Study(String command, OutputFolder folder, Journal journal, int threads, boolean quiet) {
        this.command = command;
        this.folder = folder;
        this.journal = journal;
        this.threads = threads;
        this.quiet = quiet;
    }

    /**
     * Returns the folder for the results.
     *
     * @return the folder
     */
    public OutputFolder folder() {
        return folder;
    }

    /**
     * Runs jobs, several at once, in the order given, and keeps each result as soon as it is there; those that an
     * interrupted run has kept are read back instead.
     *
     * @param <R> the type of the results
     * @param jobs the jobs, no two with the same configuration
     * @param codec how their results are kept
     * @return the results in the order of the jobs, whatever the number of threads
     * @throws Exception what the first job to fail threw; no further one is started then
     */
    public <R> List<R> run(List<Job<R>> jobs, Codec<R> codec) throws Exception {
        List<String> keys =
                jobs.stream().map(job -> journal.key(job.configuration())).toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!seen.add(keys.get(i))) {
                throw new IllegalArgumentException("Study \"" + command + "\": two jobs have the configuration "
                        + jobs.get(i).configuration() + "; name in it what distinguishes them");
            }
        }
        long steps = jobs.stream().mapToLong(Job::steps).sum();
        try (Progress progress = Progress.of(command, steps, quiet)) {
            AtomicBoolean failed = new AtomicBoolean();
            List<Future<R>> futures = new ArrayList<>();
            try (ExecutorService executor = Executors.newFixedThreadPool(
                    Math.max(1, Math.min(threads, jobs.size())),
                    work -> Thread.ofPlatform().daemon().name(command + "-job").unstarted(work))) {
                for (int i = 0; i < jobs.size(); i++) {
                    Job<R> job = jobs.get(i);
                    String key = keys.get(i);
                    futures.add(executor.submit(() -> failed.get() ? null : result(job, key, codec, progress, failed)));
                }
            } // waits for all of them
            return results(futures);
        }
    }

    private <R> R result(Job<R> job, String key, Codec<R> codec, Progress progress, AtomicBoolean failed)
            throws Exception {
        Map<String, Object> kept = journal.result(key);
        if (kept != null) {
            R result = codec.read().apply(kept);
            for (long step = 0; step < job.steps(); step++) {
                progress.step();
            }
            return result;
        }
        try {
            R result = job.work().run(progress::step);
            journal.add(key, codec.write().apply(result));
            return result;
        } catch (Exception | Error e) {
            failed.set(true);
            throw e;
        }
    }

    private static <R> List<R> results(List<Future<R>> futures) throws Exception {
        List<R> results = new ArrayList<>();
        for (Future<R> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
        return results;
    }

    /** Forgets the finished jobs, when their results are written. */
    public void finish() {
        journal.remove();
    }

    /** Lets other runs into the folder. The jobs stay kept until {@link #finish}. */
    @Override
    public void close() {
        folder.close();
    }
}
