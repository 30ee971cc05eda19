package dev.ridgeline.peers;

import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * Gives a fork of JMH another environment, which JMH's options cannot: a profiler may put a command before {@code java},
 * and {@code env} is one. It measures nothing.
 */
public final class ForkEnvironment implements ExternalProfiler {
    private final List<String> command = new ArrayList<>(List.of("env"));

    /**
     * Makes the profiler, as JMH does.
     *
     * @param arguments what {@link #arguments} has returned
     */
    public ForkEnvironment(String arguments) {
        command.addAll(List.of(arguments.split(" ")));
    }

    /**
     * Returns the arguments of {@code env}, without those for the empty environment.
     *
     * @param environment the variables to set; an empty value unsets one. No value may hold a space
     * @return the arguments
     */
    static String arguments(Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        environment.forEach((name, value) -> words.addAll(0, value.isEmpty() ? List.of("-u", name) : List.of()));
        environment.forEach((name, value) -> words.addAll(value.isEmpty() ? List.of() : List.of(name + "=" + value)));
        return String.join(" ", words);
    }

    @Override
    public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
        return command;
    }

    @Override
    public Collection<String> addJVMOptions(BenchmarkParams params) {
        return List.of();
    }

    @Override
    public void beforeTrial(BenchmarkParams params) {}

    @Override
    public Collection<? extends Result<?>> afterTrial(BenchmarkResult result, long pid, File out, File err) {
        return List.of();
    }

    @Override
    public boolean allowPrintOut() {
        return true;
    }

    @Override
    public boolean allowPrintErr() {
        return true;
    }

    @Override
    public String getDescription() {
        return "another environment for the fork";
    }
}
