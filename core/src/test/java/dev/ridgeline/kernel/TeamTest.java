package dev.ridgeline.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TeamTest {
    private static final long MUCH = Long.MAX_VALUE;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void everyPartRunsOnceOnAThreadOfItsOwn(int threads) {
        AtomicIntegerArray runs = new AtomicIntegerArray(threads);
        Thread[] by = new Thread[threads];
        GemmScratch[] scratches = new GemmScratch[threads];
        int[] parts = new int[threads];
        try (Team team = new Team(threads)) {
            assertEquals(threads, team.threads());
            Team.Task task = (scratch, part, n) -> {
                runs.incrementAndGet(part);
                by[part] = Thread.currentThread();
                scratches[part] = scratch;
                parts[part] = n;
            };
            for (int round = 1; round <= 300; round++) {
                team.run(MUCH, task);
                for (int part = 0; part < threads; part++) {
                    assertEquals(round, runs.get(part));
                    assertEquals(threads, parts[part]);
                }
                if (round % 100 == 0) {
                    LockSupport.parkNanos(2_000_000); // long enough for the workers to park
                }
            }
            assertSame(Thread.currentThread(), by[0]);
            assertEquals(threads, new HashSet<>(List.of(by)).size());
            assertEquals(threads, new HashSet<>(List.of(scratches)).size());
            for (GemmScratch scratch : scratches) {
                assertNotNull(scratch);
            }
        }
    }

    @Test
    void whatTheWorkersWroteIsSeen() {
        int[] data = new int[1000];
        Team.Task task = (scratch, part, parts) -> {
            for (int i = Split.begin(1000, 1, part, parts); i < Split.begin(1000, 1, part + 1, parts); i++) {
                data[i]++;
            }
        };
        try (Team team = new Team(3)) {
            for (int round = 1; round <= 2000; round++) {
                team.run(MUCH, task);
                for (int value : data) {
                    assertEquals(round, value);
                }
            }
        }
    }

    @Test
    void littleWorkStaysWithTheCaller() {
        List<Integer> parts = new ArrayList<>();
        try (Team team = new Team(3)) {
            for (long work : new long[] {0, 1, 1000}) {
                team.run(work, (scratch, part, n) -> parts.add(n));
            }
        }
        assertEquals(List.of(1, 1, 1), parts);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void anExceptionComesThroughAndTheTeamWorksOn(int threads) {
        try (Team team = new Team(threads)) {
            for (int thrower = 0; thrower < threads; thrower++) {
                int who = thrower;
                RuntimeException exception = new IllegalStateException("part " + who);
                Error error = new AssertionError("part " + who);
                AtomicIntegerArray runs = new AtomicIntegerArray(threads);
                assertSame(
                        exception,
                        assertThrows(
                                IllegalStateException.class,
                                () -> team.run(MUCH, (scratch, part, parts) -> {
                                    runs.incrementAndGet(part);
                                    if (part == who) {
                                        throw exception;
                                    }
                                })));
                for (int part = 0; part < threads; part++) {
                    assertEquals(1, runs.get(part), "the others ended before the exception came through");
                }
                assertSame(
                        error,
                        assertThrows(
                                AssertionError.class,
                                () -> team.run(MUCH, (scratch, part, parts) -> {
                                    if (part == who) {
                                        throw error;
                                    }
                                })));
                team.run(MUCH, (scratch, part, parts) -> runs.incrementAndGet(part));
                for (int part = 0; part < threads; part++) {
                    assertEquals(2, runs.get(part));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anObserverHearsOfEachTaskInTheThreadOfItsCaller(int threads) {
        List<String> heard = new ArrayList<>();
        Team.Observer observer = new Team.Observer() {
            @Override
            public void begin() {
                hear("begin");
            }

            @Override
            public void end() {
                hear("end");
            }

            private void hear(String what) {
                heard.add(Thread.currentThread().threadId() + " " + what);
            }
        };
        AtomicIntegerArray runs = new AtomicIntegerArray(1);
        String caller = Thread.currentThread().threadId() + " ";
        try (Team team = new Team(threads, observer)) {
            team.run(MUCH, (scratch, part, parts) -> {
                assertEquals(List.of(caller + "begin"), heard);
                runs.incrementAndGet(0);
            });
            assertEquals(threads, runs.get(0));
            assertEquals(List.of(caller + "begin", caller + "end"), heard);
            assertThrows(
                    IllegalStateException.class,
                    () -> team.run(MUCH, (scratch, part, parts) -> {
                        throw new IllegalStateException();
                    }));
            assertEquals(List.of(caller + "begin", caller + "end", caller + "begin"), heard);
        }
    }

    @Test
    void closeEndsTheThreads() throws InterruptedException {
        Set<Thread> before = workers();
        Team team = new Team(4);
        Set<Thread> started = workers();
        started.removeAll(before);
        assertEquals(3, started.size());
        assertTrue(started.stream().allMatch(Thread::isDaemon), "an open model does not keep the VM alive");
        team.close();
        for (Thread thread : started) {
            thread.join(5_000);
            assertFalse(thread.isAlive());
        }
        team.close(); // a second time does nothing
    }

    @Test
    void aClosedTeamSaysSo() {
        Team team = new Team(2);
        team.close();
        Exception e = assertThrows(IllegalStateException.class, () -> team.run(MUCH, (scratch, part, parts) -> {}));
        assertTrue(e.getMessage().contains("closed"), e.getMessage());
    }

    private static Set<Thread> workers() {
        Set<Thread> workers = new HashSet<>(Thread.getAllStackTraces().keySet());
        workers.removeIf(thread -> !thread.getName().startsWith("ridgeline-"));
        return workers;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3})
    void aTeamHasAtLeastItsCaller(int threads) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Team(threads));
        assertTrue(e.getMessage().contains("threads") && e.getMessage().contains("" + threads), e.getMessage());
    }
}
