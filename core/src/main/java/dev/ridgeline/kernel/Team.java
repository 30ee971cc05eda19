package dev.ridgeline.kernel;

import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of threads for the loops of one model. The caller is its first member; the others spin briefly after a
 * task, because the next one of the same training step follows within microseconds, and then park (a park/unpark round
 * trip costs 45 µs). Tasks are objects made once, so that running one allocates nothing.
 *
 * <p>A team serves one caller at a time.
 */
public final class Team implements AutoCloseable {
    /** How long a worker spins before it parks: longer than the gaps inside a step, shorter than a park is dear. */
    private static final long SPIN_NANOS = 50_000;

    /** Fewer flops (or elements moved, times 8) than this are not worth waking another core: about 4 µs of work. */
    private static final long GRAIN = 400_000;

    private static final Task STOP = (scratch, part, parts) -> {};

    private final Observer observer;
    private final Worker[] workers;
    private final GemmScratch scratch = new GemmScratch();
    private volatile boolean closed;

    /** Work that is cut in parts, each independent of the others. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does one part.
         *
         * @param scratch the packing buffers of the thread that runs it
         * @param part the part, 0..parts-1
         * @param parts the number of parts
         */
        void run(GemmScratch scratch, int part, int parts);
    }

    /**
     * Hears of each task of a team, in the thread of its caller: for instruments that ask where the time of a training step
     * goes. All parallel loops of a step are tasks, one after the other.
     */
    public interface Observer {
        /** A task begins. */
        void begin();

        /** All parts of the task are done. It is not called for a task that throws. */
        void end();
    }

    /**
     * Starts the team.
     *
     * @param threads its size with the caller, at least 1
     */
    public Team(int threads) {
        this(threads, null);
    }

    /**
     * Starts a team that is observed.
     *
     * @param threads its size with the caller, at least 1
     * @param observer hears of each task; null for nobody, which costs a comparison a task
     */
    public Team(int threads, Observer observer) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + " must be at least 1");
        }
        this.observer = observer;
        boolean spin = threads <= Runtime.getRuntime().availableProcessors();
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1, spin ? SPIN_NANOS : 0);
            workers[i].start();
        }
    }

    /**
     * Returns the number of threads.
     *
     * @return the size of the team with the caller
     */
    public int threads() {
        return workers.length + 1;
    }

    /**
     * Runs a task on as many threads as its work is worth, and returns when all parts are done.
     *
     * @param work the flops of the task; a loop that moves memory counts 8 an element
     * @param task the task
     * @throws RuntimeException or Error, as the task threw it
     * @throws IllegalStateException if the team is closed
     */
    public void run(long work, Task task) {
        if (closed) {
            throw new IllegalStateException(
                    "the team of " + threads() + " threads is closed; close it after its last task");
        }
        if (observer != null) {
            observer.begin();
        }
        int parts = (int) Math.max(1, Math.min(threads(), work / GRAIN));
        for (int part = 1; part < parts; part++) {
            workers[part - 1].begin(task, parts);
        }
        Throwable failure = null;
        try {
            task.run(scratch, 0, parts);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (int part = 1; part < parts; part++) {
            Throwable other = workers[part - 1].await();
            failure = failure == null ? other : failure;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
        if (observer != null) {
            observer.end();
        }
    }

    /** Ends the threads. The team cannot be used afterwards. */
    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            if (worker.isAlive()) {
                worker.begin(STOP, 0);
            }
        }
    }

    /** One thread with a mailbox for one task. */
    private static final class Worker extends Thread {
        private final int part;
        private final long spinNanos;
        private final GemmScratch scratch = new GemmScratch();

        /** The task under way; null when done. Written last, read first: it publishes the plain fields. */
        private volatile Task task;

        private volatile boolean parked;
        private int parts;
        private Throwable failure;

        Worker(int part, long spinNanos) {
            super("ridgeline-" + part);
            this.part = part;
            this.spinNanos = spinNanos;
            setDaemon(true);
        }

        /** Called by the team's caller. */
        void begin(Task next, int numberOfParts) {
            parts = numberOfParts;
            failure = null;
            task = next;
            if (parked) {
                LockSupport.unpark(this);
            }
        }

        /** Called by the team's caller: waits for the end and returns what was thrown, or null. */
        Throwable await() {
            for (int spins = 0; task != null; spins++) {
                if (spinNanos > 0 && spins < 1 << 14) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            return failure;
        }

        @Override
        public void run() {
            while (true) {
                Task next = take();
                if (next == STOP) {
                    return;
                }
                try {
                    next.run(scratch, part, parts);
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
                task = null;
            }
        }

        private Task take() {
            long start = System.nanoTime();
            for (int spins = 1; task == null; spins++) {
                Thread.onSpinWait();
                if ((spins & 63) == 0 && System.nanoTime() - start >= spinNanos) {
                    parked = true;
                    while (task == null) {
                        LockSupport.park(this);
                    }
                    parked = false;
                }
            }
            return task;
        }
    }
}
