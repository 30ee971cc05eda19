package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class MainTest {
    @Test
    void everyCommandHasHelp() {
        CommandRun run = CommandRun.of("--help").exits(0);
        assertTrue(run.out().startsWith("Usage: ridgeline"), run::out);
        for (String name : Main.commandLine().getSubcommands().keySet()) {
            run = CommandRun.of(name, "--help").exits(0);
            assertTrue(run.out().contains("Usage: ridgeline " + name), run::out);
        }
    }

    @Test
    void theVersionNamesBuildJdkAndKernels() {
        CommandRun run = CommandRun.of("--version").exits(0);
        assertTrue(
                run.out()
                        .matches("(?s)Ridgeline \\d+\\.\\d+\\S* \\(commit \\S+\\)\\R"
                                + "JDK \\d\\d.*\\RKernels: \\w+.*"),
                run::out);
    }

    @Test
    void usageIsRefusedWithWhatIsWrong() {
        CommandRun run = CommandRun.of().exits(2);
        assertTrue(run.err().startsWith("Missing command"), run::err);
        run = CommandRun.of("no such study").exits(2);
        assertTrue(run.err().contains("'no such study'"), run::err);
        run = CommandRun.of("--no-such-option").exits(2);
        assertTrue(run.err().contains("'--no-such-option'"), run::err);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMendableFailureIsOneLineAndAFaultKeepsItsTrace(boolean mendable) {
        CommandRun run = CommandRun.of(Main.commandLine().addSubcommand(new Failing(mendable)), "fail")
                .exits(1);
        assertEquals(mendable, run.err().equals("ridgeline: lambda is -1: give it 0 or more" + System.lineSeparator()));
        assertEquals(!mendable, run.err().contains("\tat dev.ridgeline."), run::err);
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
