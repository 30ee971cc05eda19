package dev.ridgeline.peers;

import dev.ridgeline.bench.peers.Peer;
import dev.ridgeline.bench.peers.PeerException;
import dev.ridgeline.bench.peers.Work;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A library of the JVM, timed by JMH: a fresh fork for each work, the median of its iterations.
 *
 * @param name what the reports call it
 * @param description what it measures with
 * @param product the benchmark of products, or null; its parameter {@code shape} is set
 * @param forms whether products have the parameter {@code form}; without it they are nn alone
 * @param step the benchmark of training steps, or null; its parameter {@code model} is set
 * @param regularizers whether steps have the parameter {@code regularizer}; without it they have none
 * @param parameters the benchmark's further parameters
 * @param environment variables of the fork; an empty value unsets one
 */
record JmhPeer(
        String name,
        String description,
        String product,
        boolean forms,
        String step,
        boolean regularizers,
        Map<String, String> parameters,
        Map<String, String> environment)
        implements Peer {
    private static final int WARMUPS = 3;
    private static final TimeValue WARMUP = TimeValue.milliseconds(250);
    private static final int ITERATIONS = 5;
    private static final TimeValue ITERATION = TimeValue.milliseconds(50);

    /** The line of a stack trace that says most: the first exception that has a message. */
    private static final Pattern FAILURE =
            Pattern.compile("^(?:Caused by: )?(?:[\\w.$]+\\.)?(\\w+(?:Error|Exception): .+)$", Pattern.MULTILINE);

    @Override
    public boolean does(Work work) {
        return switch (work) {
            case Work.Product p -> product != null && (forms || p.form().equals("nn"));
            case Work.Step s -> step != null && (regularizers || s.plain());
        };
    }

    @Override
    public String open() {
        return description;
    }

    @Override
    public double nanos(Work work) throws PeerException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        try {
            RunResult result = new Runner(
                            options(work).build(), OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
                    .runSingle();
            double[] iterations = result.getBenchmarkResults().stream()
                    .flatMap(fork -> fork.getIterationResults().stream())
                    .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                    .sorted()
                    .toArray();
            return iterations[iterations.length / 2];
        } catch (RunnerException e) {
            Matcher failure = FAILURE.matcher(log.toString(StandardCharsets.UTF_8));
            String message = failure.find() ? failure.group(1) : String.valueOf(e.getMessage());
            throw new PeerException(message.replace("IllegalStateException: ", ""));
        }
    }

    private ChainedOptionsBuilder options(Work work) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(1)
                .warmupIterations(WARMUPS)
                .warmupTime(WARMUP)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .timeUnit(TimeUnit.NANOSECONDS)
                .timeout(TimeValue.minutes(1))
                .shouldFailOnError(true);
        switch (work) {
            case Work.Product p ->
                options.include("^" + Pattern.quote(product) + "$").param("shape", p.shape());
            case Work.Step s ->
                options.include("^" + Pattern.quote(step) + "$")
                        .param("model", s.model().name());
        }
        if (work instanceof Work.Step s && regularizers) {
            options.param("regularizer", s.regularizer());
        }
        if (work instanceof Work.Product p && forms) {
            options.param("form", p.form());
        }
        parameters.forEach(options::param);
        if (!environment.isEmpty()) {
            options.addProfiler(ForkEnvironment.class, ForkEnvironment.arguments(environment));
        }
        return options;
    }

    @Override
    public void close() {}
}
