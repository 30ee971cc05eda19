package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ridgeline.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    private Path temporary;

    @Test
    void readsTheProcessorOrFallsBackToItsArchitecture() throws IOException {
        Path info = temporary.resolve("cpuinfo");
        Files.writeString(info, "processor\t: 0\nmodel name\t: Some CPU @ 2: fast\nprocessor\t: 1\n");
        assertEquals("Some CPU @ 2: fast", Environment.cpu(info));
        Files.writeString(info, "processor\t: 0\nBogoMIPS\t: 50\n");
        assertEquals(System.getProperty("os.arch"), Environment.cpu(info));
        assertEquals(System.getProperty("os.arch"), Environment.cpu(temporary.resolve("none")));
    }

    @Test
    void namesEverythingThatAReportNeeds() {
        Environment environment = Environment.current(3);
        assertEquals(
                List.of("cpu", "cores", "os", "jdk", "flags", "kernels", "threads", "version", "commit"),
                List.copyOf(environment.toMap().keySet()));
        assertEquals(3, environment.threads());
        assertEquals(Kernels.describe(), environment.kernels());
        assertFalse(environment.toMap().containsValue(""));
    }
}
