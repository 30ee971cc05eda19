package dev.ridgeline.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

/** JMH's own command line, where a failed benchmark fails the run unless {@code -foe} says otherwise. */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs JMH.
     *
     * @param args any option of JMH
     * @throws IOException if JMH cannot read its list of benchmarks
     */
    public static void main(String[] args) throws IOException {
        org.openjdk.jmh.Main.main(failingOnError(args));
    }

    static String[] failingOnError(String[] args) {
        boolean chosen = Arrays.stream(args).anyMatch(arg -> arg.startsWith("-foe"));
        Stream<String> failOnError = chosen ? Stream.empty() : Stream.of("-foe", "true");
        return Stream.concat(failOnError, Arrays.stream(args)).toArray(String[]::new);
    }
}
