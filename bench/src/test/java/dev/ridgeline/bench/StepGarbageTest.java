package dev.ridgeline.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.ridgeline.data.Batch;
import dev.ridgeline.train.Model;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A measured step allocates nothing on any of its threads, whatever the model and its regularizer. */
class StepGarbageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int STEPS = 4;

    /** Until C2 has compiled them, vector loops box their vectors; a case waits this long for it, most a few steps. */
    private static final long WARM_UP_NANOS = 60_000_000_000L;

    /** All cases together take half a minute; where many fail they do not wait for each other. */
    private static final long PATIENCE_ENDS = System.nanoTime() + 5 * WARM_UP_NANOS;

    /** The model wide is mnist128 with more units: there only what multiplies matrices of its own is measured. */
    private static final List<String> ON_WIDE = List.of(Catalogue.NONE, "orthogonal", "tikhonov");

    static Stream<Arguments> cases() {
        return Models.names().stream()
                .flatMap(model -> Stream.of(1, 2)
                        .flatMap(threads -> Catalogue.names().stream()
                                .filter(name -> Models.named(model).takes(Catalogue.named(name)))
                                .filter(name -> !model.equals("wide") || ON_WIDE.contains(name))
                                .map(name -> Arguments.of(model, name, threads))));
    }

    @ParameterizedTest(name = "{0} {1} threads {2}")
    @MethodSource("cases")
    void aStepAllocatesNothing(String name, String regularizer, int threads) {
        Batch batch = Models.named(name).data(42);
        try (Model model = Models.named(name).build(Catalogue.named(regularizer), 42, threads)) {
            model.step(batch);
            long[] own = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread ->
                            thread == Thread.currentThread() || thread.getName().startsWith("ridgeline-"))
                    .mapToLong(Thread::threadId)
                    .toArray();
            long deadline = System.nanoTime() + WARM_UP_NANOS;
            long bytes;
            do {
                long before = allocated(own);
                for (int step = 0; step < STEPS; step++) {
                    model.step(batch);
                }
                bytes = allocated(own) - before;
            } while (bytes >= STEPS && System.nanoTime() - deadline < 0 && System.nanoTime() - PATIENCE_ENDS < 0);
            long perStep = bytes / STEPS;
            assertTrue(perStep < 1, () -> "after the warm-up a step still allocates " + perStep + " bytes");
        }
    }

    private static long allocated(long[] threads) {
        long sum = 0;
        for (long thread : threads) {
            sum += THREADS.getThreadAllocatedBytes(thread);
        }
        return sum;
    }
}
