package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine =
            Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void everyCommandHasHelp() {
        assertEquals(0, commandLine.execute("--help"));
        assertTrue(out.toString().startsWith("Usage: ridgeline"), out::toString);
        for (String name : commandLine.getSubcommands().keySet()) {
            assertEquals(
                    0, Main.commandLine().setOut(new PrintWriter(out, true)).execute(name, "--help"), name);
            assertTrue(out.toString().contains("Usage: ridgeline " + name), name);
        }
    }

    @Test
    void theVersionNamesBuildJdkAndKernels() {
        assertEquals(0, commandLine.execute("--version"));
        assertTrue(
                out.toString()
                        .matches("(?s)Ridgeline \\d+\\.\\d+\\S* \\(commit \\S+\\)\\R"
                                + "JDK \\d\\d.*\\RKernels: \\w+.*"),
                out::toString);
    }

    @Test
    void usageIsRefusedWithWhatIsWrong() {
        assertEquals(2, commandLine.execute());
        assertTrue(err.toString().startsWith("Missing command"), err::toString);
        assertEquals(2, commandLine.execute("no such study"));
        assertTrue(err.toString().contains("'no such study'"), err::toString);
        assertEquals(2, commandLine.execute("--no-such-option"));
        assertTrue(err.toString().contains("'--no-such-option'"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMendableFailureIsOneLineAndAFaultKeepsItsTrace(boolean mendable) {
        commandLine.addSubcommand(new Failing(mendable)).setErr(new PrintWriter(err, true));
        assertEquals(1, commandLine.execute("fail"));
        assertEquals(
                mendable, err.toString().equals("ridgeline: lambda is -1: give it 0 or more" + System.lineSeparator()));
        assertEquals(!mendable, err.toString().contains("\tat dev.ridgeline."), err::toString);
    }

    @Command(name = "fail")
    record Failing(boolean mendable) implements Callable<Integer> {
        @Override
        public Integer call() {
            String message = "lambda is -1: give it 0 or more";
            throw mendable ? new IllegalArgumentException(message) : new UnsupportedOperationException(message);
        }
    }
}
