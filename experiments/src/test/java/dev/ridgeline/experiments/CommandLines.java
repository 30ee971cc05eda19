package dev.ridgeline.experiments;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Makes the command line for tests of other packages. */
public final class CommandLines {
    private CommandLines() {}

    /** Returns the command line, writing there. */
    public static CommandLine ridgeline(PrintWriter out, PrintWriter err) {
        return Main.commandLine().setOut(out).setErr(err);
    }
}
