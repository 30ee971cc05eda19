package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A command of Ridgeline that ran in this VM: its exit code, and what it printed. */
public record CommandRun(int exitCode, String out, String err) {
    /** Runs a command. */
    public static CommandRun of(String... args) {
        return of(Main.commandLine(), args);
    }

    /** Runs a command with more arguments. */
    public static CommandRun of(List<String> args, String... more) {
        return of(Stream.concat(args.stream(), Stream.of(more)).toArray(String[]::new));
    }

    /** Runs a command of a command line. */
    static CommandRun of(CommandLine commandLine, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = commandLine
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** Requires an exit code; where it is another, what the command printed tells why. */
    public CommandRun exits(int code) {
        assertEquals(code, exitCode, this::toString);
        return this;
    }

    /** Returns the digest that it printed. */
    public String digest() {
        return out.lines()
                .filter(line -> line.startsWith("digest "))
                .findFirst()
                .orElseThrow();
    }
}
