package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.cost.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CostCommandTest {
    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine ridgeline = Main.commandLine();
        return ridgeline
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--models|irs|did you mean \"iris\"",
                "--regularizers|l1,droput|did you mean \"dropout\"",
                "--regularizers|all,droput|did you mean \"dropout\"",
                "--models|all|did you mean",
                "--blocks|1|needs at least 2",
                "--blocks|many|many",
                "--threads|0|at least 1",
                "--modles|iris|--modles"
            })
    void wrongUsageExitsWith2AndSaysWhy(String option, String value, String reason) {
        assertEquals(
                2, run("cost", option, value, "--out", temporary.resolve("new").toString()));
        assertTrue(err.toString().contains(reason), err.toString());
        assertEquals("", out.toString());
        assertFalse(Files.exists(temporary.resolve("new")), "nothing is made");
    }

    @Test
    void quickExcludesWhatItStandsFor() {
        assertEquals(2, run("cost", "--quick", "--blocks", "4", "--out", temporary.toString()));
        assertTrue(err.toString().contains("--quick excludes --models, --regularizers and --blocks"), err.toString());
    }

    @Test
    void resumeNeedsAnInterruptedRun() {
        assertEquals(1, run("cost", "--resume", "--out", temporary.toString()));
        assertTrue(err.toString().contains("Nothing to resume: there is no unfinished.json"), err.toString());
    }

    @Test
    void aFolderThatCannotBeWrittenEndsTheRunBeforeItMeasures() throws IOException {
        Path file = Files.writeString(temporary.resolve("taken"), "");
        assertEquals(1, run("cost", "--out", file.toString()));
        assertTrue(err.toString().contains("Cannot write to \"" + file + "\": it is a file"), err.toString());
    }

    @Test
    void theDefaultsTakeSixMinutesAndAllTakesAll() {
        Settings defaults = settings();
        assertEquals(List.of("iris", "mnist128"), defaults.models());
        assertEquals(6, defaults.regularizers().size());
        assertEquals(140, defaults.forks());
        assertEquals(Catalogue.names(), settings("--regularizers", "all").regularizers());
        assertEquals(
                List.of("none", "dropout"),
                settings("--regularizers", "dropout").regularizers());
    }

    private static Settings settings(String... args) {
        CostCommand command = new CostCommand();
        new CommandLine(command).parseArgs(args);
        return command.settings();
    }

    @Test
    void helpNamesEveryModelAndRegularizer() {
        assertEquals(0, run("cost", "--help"));
        String help = out.toString().replaceAll("\\s+", " ");
        Stream.of(
                        Models.names(),
                        Catalogue.names(),
                        List.of("or all", "--blocks", "--quick", "--resume", "default: iris,mnist128"))
                .flatMap(List::stream)
                .forEach(word -> assertTrue(help.contains(word), () -> word + " in " + help));
    }
}
