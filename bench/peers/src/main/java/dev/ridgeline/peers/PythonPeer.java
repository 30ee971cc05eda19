package dev.ridgeline.peers;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.StepLayer;
import dev.ridgeline.bench.StepModel;
import dev.ridgeline.bench.peers.Peer;
import dev.ridgeline.bench.peers.PeerException;
import dev.ridgeline.bench.peers.Work;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.WeightedLayer;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.train.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A library of Python: the script {@code peers.py}, a fresh process a round, which answers one request after the other. */
final class PythonPeer implements Peer {
    /** The regularizers that the script knows. */
    static final Set<String> REGULARIZERS =
            Set.of(Catalogue.NONE, "l1", "l2", "elasticnet", "maxnorm", "dropout", "batchnorm");

    private static final int PATIENCE_MINUTES = 3;

    private final String name;
    private final String system;
    private final boolean products;
    private final boolean steps;
    private final ProcessBuilder builder;
    private Process process;
    private BufferedReader replies;

    /**
     * Makes a peer.
     *
     * @param name what the reports call it
     * @param system what the script calls it
     * @param products whether it multiplies
     * @param steps whether it trains
     * @param python the interpreter
     * @param script the script
     * @param threads its threads
     * @param environment variables to set; an empty value unsets one
     * @param errors the file that its standard error goes to
     */
    PythonPeer(
            String name,
            String system,
            boolean products,
            boolean steps,
            String python,
            Path script,
            int threads,
            Map<String, String> environment,
            Path errors) {
        this.name = name;
        this.system = system;
        this.products = products;
        this.steps = steps;
        builder = new ProcessBuilder(List.of(python, script.toString(), system, Integer.toString(threads)));
        builder.redirectError(errors.toFile());
        environment.forEach((variable, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(variable);
            } else {
                builder.environment().put(variable, value);
            }
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean does(Work work) {
        return switch (work) {
            case Work.Product _ -> products;
            case Work.Step step -> steps && REGULARIZERS.contains(step.regularizer());
        };
    }

    @Override
    public String open() throws PeerException {
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new PeerException("not installed: " + builder.command().getFirst() + " (name another by --python)");
        }
        replies = process.inputReader();
        try {
            return reply("ready");
        } catch (PeerException e) {
            close();
            throw e;
        }
    }

    @Override
    public double nanos(Work work) throws PeerException {
        try {
            process.outputWriter().write(request(work) + "\n");
            process.outputWriter().flush();
        } catch (IOException e) {
            throw ended();
        }
        return Double.parseDouble(reply("nanos"));
    }

    /** Returns the request that the script reads; the architecture is named here alone. */
    static String request(Work work) {
        return switch (work) {
            case Work.Product p -> "gemm " + p.form() + " " + p.m() + " " + p.k() + " " + p.n();
            case Work.Step(StepModel model, String regularizer) ->
                "step " + model.batch() + " " + words(model.inputs().sizes()) + " " + words(layers(model, regularizer))
                        + " " + words(model.optimizer()) + " "
                        + model.loss().toString().toLowerCase(Locale.ROOT);
        };
    }

    /** Describes the layers of the model as Ridgeline builds it, with what the regularizer has added to it. */
    private static List<String> layers(StepModel model, String regularizer) {
        Iterator<StepLayer> plain = model.layers().iterator();
        try (Model built = model.build(Catalogue.named(regularizer), 0, 1)) {
            return built.layers().stream()
                    .map(layer -> switch (layer) {
                        case Dropout dropout -> "dropout:" + dropout.rate();
                        case BatchNorm norm -> "batchnorm:" + norm.momentum() + ":" + norm.epsilon();
                        case WeightedLayer<?> weighted ->
                            word(plain.next()) + onKernel(weighted.parameters().getFirst());
                        default -> word(plain.next());
                    })
                    .toList();
        }
    }

    private static String word(StepLayer layer) {
        return switch (layer) {
            case StepLayer.Dense(int units) -> "dense:" + units;
            case StepLayer.Convolution(int filters, int size) -> "conv:" + filters + ":" + size;
            case StepLayer.Activation(var function) -> function.name();
            case StepLayer.MaxPool(int size) -> "maxpool:" + size;
            case StepLayer.Flatten() -> "flatten";
        };
    }

    private static String onKernel(Parameter kernel) {
        return penalty(kernel.regularizer())
                + switch (kernel.constraint()) {
                    case null -> "";
                    case MaxNorm(float max) -> ":maxnorm=" + max;
                    default -> throw new IllegalArgumentException("peers.py has no " + kernel.constraint());
                };
    }

    private static String penalty(Regularizer penalty) {
        return switch (penalty) {
            case null -> "";
            case L1(float lambda) -> ":l1=" + lambda;
            case L2(float lambda) -> ":l2=" + lambda;
            case ElasticNet(float l1, float l2) -> ":l1=" + l1 + ":l2=" + l2;
            default -> throw new IllegalArgumentException("peers.py has no " + penalty);
        };
    }

    private static String words(List<?> values) {
        return values.stream().map(v -> v.toString().toLowerCase(Locale.ROOT)).collect(Collectors.joining(","));
    }

    private static String words(Optimizer optimizer) {
        return switch (optimizer) {
            case Adam a -> words(List.of("adam", a.learningRate(), a.beta1(), a.beta2(), a.epsilon()));
            case Sgd s when s.momentum() == 0 -> words(List.of("sgd", s.learningRate()));
            default -> throw new IllegalArgumentException("peers.py has no " + optimizer);
        };
    }

    /** Reads a line whose first word must be the one given, and returns the rest. */
    private String reply(String expected) throws PeerException {
        String line;
        try {
            line = CompletableFuture.supplyAsync(this::readLine).get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new PeerException("no answer for " + PATIENCE_MINUTES + " minutes");
        } catch (InterruptedException | ExecutionException e) {
            throw ended();
        }
        if (line == null) {
            throw ended();
        }
        if (!line.startsWith(expected + " ")) {
            throw new PeerException(line.substring(line.indexOf(' ') + 1));
        }
        return line.substring(expected.length() + 1);
    }

    private String readLine() {
        try {
            return replies.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PeerException ended() {
        return new PeerException(
                "the process ended; see " + builder.redirectError().file());
    }

    /** Ends the process: it stops at the end of its input, or now. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
