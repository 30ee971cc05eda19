package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
    @TempDir
    private Path root;

    @BeforeEach
    void makeTheFolder() throws IOException {
        Files.createDirectory(root.resolve("proc"));
    }

    private Load read(String average, String stat) throws IOException {
        Files.writeString(root.resolve("proc/loadavg"), average);
        Files.writeString(root.resolve("proc/stat"), stat);
        return Load.read(root);
    }

    /** Of 100 ticks between the two looks 25 are stolen; guest time, at the end, is part of user time already. */
    @Test
    void readsLoadAndStolenTime() throws IOException {
        Load before = read("0.25 1.00 2.00 3/200 1234\n", "cpu  10 20 30 40 50 60 70 80 90 100\ncpu0 1 2 3\n");
        assertEquals(new Load(0.25, 80, 360), before);
        Load after = read("3.50 1.00 2.00 3/200 1234\n", "cpu  35 20 30 90 50 60 70 105 95 100\n");
        assertEquals(3.5, after.average());
        assertEquals(0.25, after.stolenSince(before));
        assertEquals(Double.NaN, before.stolenSince(before), "no time has passed");
    }

    @Test
    void whatIsMissingIsNotANumber() throws IOException {
        Load unknown = new Load(Double.NaN, Double.NaN, Double.NaN);
        assertEquals(unknown, Load.read(root));
        assertEquals(unknown, read("", ""));
        assertEquals(unknown, read("many\n", "cpu  1 2 3 4\n"), "a kernel from before there were hypervisors");
        assertEquals(Double.NaN, unknown.stolenSince(unknown));
    }

    @Test
    void thisMachineHasALoadOrDoesNotTell() {
        double average = Load.current().average();
        assertTrue(Double.isNaN(average) || average >= 0);
    }
}
