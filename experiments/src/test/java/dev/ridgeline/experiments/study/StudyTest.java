package dev.ridgeline.experiments.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputException;
import dev.ridgeline.report.OutputFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyTest {
    private static final Codec<Double> CODEC =
            new Codec<>(value -> Map.of("value", value), map -> Json.number(map.get("value")));

    @TempDir
    private Path temporary;

    private final List<Integer> computed = Collections.synchronizedList(new ArrayList<>());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void theResultsAreInTheOrderOfTheJobsForAnyNumberOfThreads(int threads) throws Exception {
        try (Study study = study(threads)) {
            assertEquals(expected(), study.run(jobs(-1), CODEC));
        }
        assertEquals(12, computed.size());
    }

    @Test
    void jobsRunAtOnce() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        List<Job<Double>> jobs = IntStream.range(0, 2)
                .mapToObj(i -> new Job<>(Map.of("job", i), 1, step -> {
                    both.countDown();
                    both.await(); // for ever, if they ran one after the other
                    return 1.0;
                }))
                .toList();
        try (Study study = study(2)) {
            assertEquals(List.of(1.0, 1.0), study.run(jobs, CODEC));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatIsFinishedIsKeptAndReadBack(int threads) throws Exception {
        try (Study study = study(threads)) {
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> study.run(jobs(7), CODEC));
            assertEquals("job 7 fails", e.getMessage());
        }
        int finished = computed.size();
        assertTrue(finished >= 7 - (threads - 1), "all before it but those that had no thread yet: " + computed);
        assertTrue(threads > 1 || finished == 7, "and none after it");
        computed.clear();
        try (Study study = resumed(threads)) {
            assertEquals(expected(), study.run(jobs(-1), CODEC));
            assertEquals(12 - finished, computed.size());
            study.finish();
        }
        assertFalse(Files.exists(journal()));
        try (OutputFolder folder = OutputFolder.open(temporary)) {
            Journal nothing = new Journal(folder, header(1, "data"));
            IllegalStateException e = assertThrows(IllegalStateException.class, nothing::resume);
            assertTrue(e.getMessage().startsWith("Nothing to resume: there is no unfinished.jsonl in "));
            assertTrue(e.getMessage().endsWith("; leave out --resume to start again"));
        }
    }

    /** A VM that is killed may leave any part of its last line. */
    @Test
    void aLineCutShortIsAsIfItWereNotThere() throws Exception {
        try (Study study = study(1)) {
            study.run(jobs(-1), CODEC);
        }
        String whole = Files.readString(journal());
        List<String> lines = whole.lines().toList();
        assertEquals(13, lines.size());
        int last = lines.getLast().length() + 1;
        for (int cut : new int[] {1, 2, last / 2, last, last + 1, whole.length() - 5, whole.length()}) {
            Files.writeString(journal(), whole.substring(0, whole.length() - cut));
            computed.clear();
            try (Study study = resumed(1)) {
                assertEquals(expected(), study.run(jobs(-1), CODEC), "cut " + cut);
            }
            assertFalse(computed.isEmpty());
            assertEquals(whole, Files.readString(journal()), "cut " + cut);
        }
    }

    @Test
    void aDamagedLineIsRefused() throws Exception {
        try (Study study = study(1)) {
            study.run(jobs(-1), CODEC);
        }
        String whole = Files.readString(journal());
        for (String damaged :
                List.of(whole.replaceFirst("\"key\"", "key"), whole.replaceFirst("\"result\"", "\"r\""))) {
            Files.writeString(journal(), damaged);
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> resumed(1));
            assertTrue(e.getMessage().startsWith("Cannot resume: line 2 of unfinished.jsonl in "), e.getMessage());
            assertTrue(e.getMessage().endsWith("is damaged; leave out --resume to start again"), e.getMessage());
            assertEquals(damaged, Files.readString(journal()), "nothing is lost");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, data, 'Cannot resume: epochs was 1 in the interrupted run and is 2 now; make it the same, or'",
        "1, other, 'Cannot resume: data was data in the interrupted run and is other now; make it the same, or'",
    })
    void anotherConfigurationIsRefused(int epochs, String data, String message) throws Exception {
        try (Study study = study(1)) {
            study.run(jobs(-1), CODEC);
        }
        try (OutputFolder folder = OutputFolder.open(temporary)) {
            Journal other = new Journal(folder, header(epochs, data));
            IllegalStateException e = assertThrows(IllegalStateException.class, other::resume);
            assertTrue(e.getMessage().startsWith(message), e.getMessage());
        }
    }

    @Test
    void anotherReleaseIsRefused() throws Exception {
        try (Study study = study(1)) {
            study.run(jobs(-1), CODEC);
        }
        String text = Files.readString(journal());
        Files.writeString(journal(), text.replaceFirst("\"release\":\"[^\"]*\"", "\"release\":\"0.0.1 abc\""));
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> resumed(1));
        assertTrue(e.getMessage().startsWith("Cannot resume: release was 0.0.1 abc in "), e.getMessage());
    }

    @Test
    void anotherRunCannotOpenTheFolderMeanwhile() {
        try (Study study = study(1)) {
            assertThrows(
                    OutputException.class,
                    () -> OutputFolder.open(study.folder().path()));
        }
        OutputFolder.open(temporary).close();
    }

    @Test
    void jobsThatCannotBeToldApartAreRefused() {
        List<Job<Double>> twice = Collections.nCopies(2, jobs(-1).getFirst());
        try (Study study = study(1)) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> study.run(twice, CODEC));
            assertTrue(e.getMessage().contains("{job=0}"), e.getMessage());
        }
    }

    /** Returns twelve jobs, one of which may fail; the results are numbers that JSON has not, and long ones. */
    private List<Job<Double>> jobs(int failing) {
        return IntStream.range(0, 12)
                .mapToObj(i -> new Job<>(Map.of("job", i), 2, step -> {
                    step.run();
                    if (i == failing) {
                        throw new IllegalStateException("job " + i + " fails");
                    }
                    computed.add(i);
                    step.run();
                    return value(i);
                }))
                .toList();
    }

    private static double value(int i) {
        return i == 3 ? Double.NaN : i == 4 ? Double.NEGATIVE_INFINITY : 1.0 / (i + 1);
    }

    private static List<Double> expected() {
        return IntStream.range(0, 12).mapToObj(StudyTest::value).toList();
    }

    private static Map<String, Object> header(int epochs, String data) {
        return Journal.header("test", Map.of("epochs", epochs), data);
    }

    private Study study(int threads) {
        OutputFolder folder = OutputFolder.open(temporary);
        return new Study("test", folder, new Journal(folder, header(1, "data")), threads, true);
    }

    private Study resumed(int threads) {
        OutputFolder folder = OutputFolder.open(temporary);
        Journal journal = new Journal(folder, header(1, "data"));
        try {
            journal.resume();
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        return new Study("test", folder, journal, threads, true);
    }

    private Path journal() {
        return temporary.resolve(Journal.FILE);
    }
}
