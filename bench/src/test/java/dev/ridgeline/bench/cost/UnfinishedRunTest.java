package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Machine;
import dev.ridgeline.report.OutputFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedRunTest {
    private static final Settings SETTINGS = settings(4, 42);

    @TempDir
    private Path temporary;

    private UnfinishedRun unfinished;

    @BeforeEach
    void open() {
        unfinished = new UnfinishedRun(OutputFolder.open(temporary));
    }

    /** The timer fails in the third block. */
    private void interrupt() {
        VariantTimer timer = new CostRunTest.SyntheticTimer();
        int[] left = {2 * SETTINGS.variants().size() + 3};
        assertThrows(
                CostException.class,
                () -> CostRun.measure(
                        CostRunTest.begin(SETTINGS),
                        variant -> {
                            if (left[0]-- == 0) {
                                throw new CostException(variant, "", new IllegalStateException("interrupted"));
                            }
                            return timer.time(variant);
                        },
                        CostRunTest.STEADY,
                        variant -> {},
                        unfinished::keep));
    }

    @Test
    void goesOnAfterTheBlocksThatWereFinished() {
        interrupt();
        assertTrue(unfinished.exists());
        CostResult resumed = unfinished.resume(CostRunTest.begin(SETTINGS));
        assertEquals(2, resumed.finished());
        assertEquals(1, resumed.interruptions());
        List<Variant> timed = new ArrayList<>();
        CostResult whole = CostRun.measure(
                resumed, new CostRunTest.SyntheticTimer(), CostRunTest.STEADY, timed::add, result -> {});
        CostResult uninterrupted = CostRunTest.synthetic();
        assertEquals(2 * SETTINGS.variants().size(), timed.size());
        assertEquals(
                uninterrupted.samples().stream().map(Sample::variant).toList(),
                whole.samples().stream().map(Sample::variant).toList());
        assertEquals(
                uninterrupted.samples().subList(0, 16),
                whole.samples().subList(0, 16),
                "what was kept is kept exactly");
        assertEquals(uninterrupted.conditions(), whole.conditions());
        assertEquals(4, whole.finished());
        unfinished.keep(whole);
        assertEquals(2, unfinished.resume(CostRunTest.begin(SETTINGS)).interruptions());
        unfinished.remove();
        assertFalse(unfinished.exists());
        unfinished.remove(); // twice does no harm
    }

    @Test
    void refusesWhatWasMeasuredOtherwiseAndNamesTheDifference() {
        interrupt();
        refuses(settings(5, 42), Environment.current(1), "settings blocks was 4 in the interrupted run and is 5 now");
        refuses(settings(4, 43), Environment.current(1), "settings seed was 42 in the interrupted run and is 43 now");
        Environment here = Environment.current(1);
        Machine machine = here.machine();
        refuses(
                SETTINGS,
                new Environment(
                        new Machine(
                                "another",
                                machine.vectorFlags(),
                                machine.cores(),
                                machine.caches(),
                                machine.governor(),
                                machine.quota()),
                        here.os(),
                        here.jdk(),
                        here.flags(),
                        here.kernels(),
                        here.threads(),
                        here.version(),
                        here.commit()),
                "environment cpu was " + machine.cpu() + " in the interrupted run and is another now");
    }

    private void refuses(Settings settings, Environment environment, String difference) {
        String message = assertThrows(
                        IllegalStateException.class, () -> unfinished.resume(CostResult.begin(settings, environment)))
                .getMessage();
        assertEquals(
                "Cannot resume: " + difference + "; make it the same, or leave out --resume to start again", message);
    }

    @Test
    void refusesADamagedFileOrNone() throws Exception {
        CostResult begun = CostRunTest.begin(SETTINGS);
        String none = assertThrows(IllegalStateException.class, () -> unfinished.resume(begun))
                .getMessage();
        assertTrue(none.startsWith("Nothing to resume: there is no unfinished.json in \"" + temporary), none);
        interrupt();
        Path file = temporary.resolve(UnfinishedRun.FILE);
        String whole = Files.readString(file);
        for (String damaged : List.of(
                "",
                "[]",
                "{}",
                whole.substring(0, whole.length() / 2),
                whole.replace("\"block\" : 2", "\"block\" : 3"),
                whole.replace("\"name\" : \"dropout\"", "\"name\" : \"l1\""),
                whole.replace("\"nanosPerStep\" : 1", "\"nanosPerStep\" : \"1\", \"was\" : 1"),
                whole.replace("rulerNanosBefore", "ruler"))) {
            assertNotEquals(whole, damaged);
            Files.writeString(file, damaged);
            String message = assertThrows(IllegalStateException.class, () -> unfinished.resume(begun))
                    .getMessage();
            assertTrue(message.startsWith("Cannot resume: unfinished.json in \"" + temporary + "\" is "), message);
            assertTrue(message.endsWith("; leave out --resume to start again"), message);
        }
    }

    @Test
    void refusesAFileOfAnotherSchemaVersion() throws Exception {
        interrupt();
        Path file = temporary.resolve(UnfinishedRun.FILE);
        String older = Files.readString(file).replace("\"schemaVersion\" : 3", "\"schemaVersion\" : 2");
        Files.writeString(file, older);
        String message = assertThrows(IllegalStateException.class, () -> unfinished.resume(CostRunTest.begin(SETTINGS)))
                .getMessage();
        assertEquals(
                "Cannot resume: unfinished.json in \"" + temporary
                        + "\" has schema version 2, and this release reads 3;"
                        + " measure again, or use the release that wrote it, "
                        + CostRunTest.begin(SETTINGS).environment().version() + "; leave out --resume to start again",
                message);
        assertEquals(older, Files.readString(file), "it stays as it was");
    }

    @Test
    void aRunWithoutAFinishedBlockHasNothingToResume() {
        CostResult begun = CostRunTest.begin(SETTINGS);
        unfinished.keep(begun);
        String message = assertThrows(IllegalStateException.class, () -> unfinished.resume(begun))
                .getMessage();
        assertEquals(
                "Nothing to resume: unfinished.json in \"" + temporary
                        + "\" has no finished block; leave out --resume to start again",
                message);
    }

    private static Settings settings(int blocks, long seed) {
        return new Settings(List.of("iris", "mnist"), List.of("l1", "dropout"), blocks, seed, 1, Iterations.DEFAULT);
    }
}
