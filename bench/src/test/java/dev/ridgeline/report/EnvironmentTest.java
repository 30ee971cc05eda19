package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ridgeline.kernel.Kernels;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void namesEverythingThatAReportNeeds() {
        Environment environment = Environment.current(3);
        assertEquals(
                List.of(
                        "cpu",
                        "vectorFlags",
                        "cores",
                        "caches",
                        "governor",
                        "quota",
                        "os",
                        "jdk",
                        "flags",
                        "kernels",
                        "threads",
                        "version",
                        "commit"),
                List.copyOf(environment.toMap().keySet()));
        assertEquals(3, environment.threads());
        assertEquals(Kernels.describe(), environment.kernels());
        assertFalse(environment.toMap().containsValue(""));
    }
}
