package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Elementary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FunctionsCommandTest {
    /** Runs the command on one function, at one float of 4099, and requires an exit code. */
    private static CommandRun check(int exitCode, CheckedFunction.Kernel kernel) {
        CheckedFunction tanh = new CheckedFunction("tanh", kernel, StrictMath::tanh, 2, -1, -0f, 0, 1);
        return CommandRun.of(new CommandLine(new FunctionsCommand(List.of(tanh))), "--stride", "4099")
                .exits(exitCode);
    }

    @Test
    void everyFunctionIsWhatItMustBe() {
        CommandRun run = CommandRun.of("functions", "--stride", "4099").exits(0);
        List<String> lines = run.out().lines().toList();
        assertEquals(3 + CheckedFunction.ALL.size(), lines.size());
        for (CheckedFunction function : CheckedFunction.ALL) {
            assertTrue(
                    lines.stream().anyMatch(line -> line.matches(function.name() + " +\\d\\.\\d{4} .* right +yes")),
                    run::out);
        }
        assertTrue(lines.stream().allMatch(line -> line.length() <= 110), "fits a terminal");
    }

    @Test
    void whatIsPrintedDoesNotDependOnThreads() {
        String one = printed("1");
        assertEquals(one, printed("3"));
        assertTrue(one.contains("\nerf ") && one.contains("\nlog ") && !one.contains("exp"), one);
    }

    private static String printed(String threads) {
        return CommandRun.of("functions", "erf", "log", "--stride", "40009", "--threads", threads)
                .exits(0)
                .out();
    }

    @Test
    void theControlHolds() {
        check(0, Elementary::tanh);
    }

    @Test
    void anErrorAboveTheBoundExitsWith1() {
        CommandRun run = check(1, (n, x, xOffset, y, yOffset) -> {
            Elementary.tanh(n, x, xOffset, y, yOffset);
            for (int i = yOffset; i < yOffset + n; i++) {
                y[i] *= 1 + 0x1p-21f;
            }
        });
        assertTrue(run.out().matches("(?s).*tanh +[3-9]\\.\\d{4} .*"), run::out);
    }

    @Test
    void aFallWithinTheBoundExitsWith1() {
        CommandRun run = check(1, (n, x, xOffset, y, yOffset) -> {
            for (int i = 0; i < n; i++) {
                float rounded = (float) StrictMath.tanh(x[xOffset + i]);
                boolean odd = (Float.floatToRawIntBits(x[xOffset + i]) & 1) != 0;
                y[yOffset + i] = odd && Math.abs(rounded) == 1 ? Math.nextDown(rounded) : rounded;
            }
        });
        assertTrue(run.out().matches("(?s).*tanh +[01]\\.\\d{4} .* right +NO\\R"), run::out);
    }

    @Test
    void aWrongZeroExitsWith1() {
        CommandRun run = check(1, (n, x, xOffset, y, yOffset) -> {
            Elementary.tanh(n, x, xOffset, y, yOffset);
            for (int i = yOffset; i < yOffset + n; i++) {
                y[i] += 0f; // makes -0 a +0
            }
        });
        assertTrue(run.out().matches("(?s).* WRONG +yes\\R"), run::out);
    }

    @Test
    void aLostNanExitsWith1() {
        CommandRun run = check(1, (n, x, xOffset, y, yOffset) -> {
            Elementary.tanh(n, x, xOffset, y, yOffset);
            for (int i = yOffset; i < yOffset + n; i++) {
                y[i] = Float.isNaN(y[i]) ? 1 : y[i];
            }
        });
        assertTrue(run.out().contains("Infinity"), run::out);
    }

    @Test
    void errorsAreInUnitsOfTheLastPlace() {
        assertEquals(0.5, FunctionScan.error(1f, 1 + 0x1p-24));
        assertEquals(1, FunctionScan.error(Math.nextUp(1f), 1));
        assertEquals(0, FunctionScan.error(Float.POSITIVE_INFINITY, 1e300));
        assertEquals(1, FunctionScan.error(Float.POSITIVE_INFINITY, Float.MAX_VALUE));
        assertEquals(1, FunctionScan.error(Float.MAX_VALUE, 0x1p128));
        assertEquals(1, FunctionScan.error(0f, Float.MIN_VALUE));
        assertEquals(0, FunctionScan.error(Float.NaN, Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, FunctionScan.error(Float.NaN, 1));
        assertEquals(Double.POSITIVE_INFINITY, FunctionScan.error(1f, Double.NaN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sine|Unknown function \"sine\": there are exp, expm1, log",
                "--stride=0|--stride is 0; it must be at least 1",
                "--threads=0|--threads is 0; it must be at least 1",
                "--strid=2|--strid"
            })
    void wrongUsageExitsWith2AndSaysWhy(String argument, String reason) {
        CommandRun run = CommandRun.of("functions", argument).exits(2);
        assertTrue(run.err().contains(reason), run::err);
        assertEquals("", run.out());
    }
}
