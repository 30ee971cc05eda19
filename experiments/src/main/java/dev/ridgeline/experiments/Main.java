package dev.ridgeline.experiments;

import dev.ridgeline.bench.Build;
import dev.ridgeline.experiments.activity.ActivityCommand;
import dev.ridgeline.experiments.fashion.FashionCommand;
import dev.ridgeline.experiments.iris.IrisCommand;
import dev.ridgeline.experiments.lambda.LambdaCommand;
import dev.ridgeline.experiments.linear.LinearCommand;
import dev.ridgeline.experiments.prune.PruneCommand;
import dev.ridgeline.experiments.select.SelectCommand;
import dev.ridgeline.experiments.tikhonov.TikhonovCommand;
import dev.ridgeline.kernel.Kernels;
import dev.ridgeline.train.NonFiniteLossException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of Ridgeline: one subcommand a study. */
@Command(
        name = "ridgeline",
        description = "What a neural-network regularizer costs per training step, and what it buys.",
        subcommands = {
            IrisCommand.class,
            FashionCommand.class,
            ActivityCommand.class,
            LinearCommand.class,
            LambdaCommand.class,
            TikhonovCommand.class,
            PruneCommand.class,
            SelectCommand.class,
            CostCommand.class,
            CompareCommand.class,
            FunctionsCommand.class
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT, // help and version, for every command
        versionProvider = Main.Version.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:gate breached",
            "78:no JDK 25 or newer to run with",
            "130:interrupted"
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    /**
     * Runs the command that the arguments name and exits with its code.
     *
     * @param args the command, its options and operands
     */
    public static void main(String[] args) {
        int code;
        try {
            code = commandLine().execute(args);
        } catch (ExceptionInInitializerError e) { // the choice of kernels was refused
            System.err.println("ridgeline: " + e.getCause().getMessage());
            code = ExitCode.SOFTWARE;
        }
        System.exit(code);
    }

    /**
     * Returns the command line.
     *
     * @return all commands, ready to parse and execute
     */
    public static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** A failure that the user can mend says so in one line; a fault of ours keeps its trace. Both exit with 1. */
    private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        boolean mendable = e instanceof IllegalArgumentException
                || e instanceof IllegalStateException
                || e instanceof NonFiniteLossException
                || e instanceof IOException
                || e instanceof UncheckedIOException;
        if (!mendable || e.getMessage() == null) {
            throw e;
        }
        command.getErr().println(command.getColorScheme().errorText("ridgeline: " + e.getMessage()));
        return ExitCode.SOFTWARE;
    }

    /** Build, JDK and kernels: what a report of a problem should name. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Build build = Build.current();
            return new String[] {
                "Ridgeline " + build.version() + " (commit " + build.commit() + ")",
                "JDK " + Runtime.version() + " (" + System.getProperty("java.vendor") + ", "
                        + System.getProperty("java.home") + ")",
                "Kernels: " + Kernels.describe()
            };
        }
    }
}
