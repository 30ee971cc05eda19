package dev.ridgeline.experiments.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    /** The tests run without a terminal on standard error, as a script does. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsShownWithoutATerminal(boolean quiet) {
        PrintStream before = System.err;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(shown, true));
            try (Progress progress = Progress.of("iris", 2, quiet)) {
                progress.step();
                progress.step();
            }
            try (Progress progress = Progress.ofSeconds("cost", Duration.ofSeconds(3), quiet)) {
                progress.step(Duration.ofSeconds(2));
            }
        } finally {
            System.setErr(before);
        }
        assertEquals("", shown.toString());
    }
}
