package dev.ridgeline.peers;

import dev.ridgeline.bench.Build;
import dev.ridgeline.bench.GemmBenchmark;
import dev.ridgeline.bench.Names;
import dev.ridgeline.bench.StepBenchmark;
import dev.ridgeline.bench.UnknownNameException;
import dev.ridgeline.bench.peers.Peer;
import dev.ridgeline.bench.peers.PeerException;
import dev.ridgeline.bench.peers.PeersReport;
import dev.ridgeline.bench.peers.PeersResult;
import dev.ridgeline.bench.peers.PeersRun;
import dev.ridgeline.bench.peers.Work;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.OutputException;
import dev.ridgeline.report.OutputFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures Ridgeline and other libraries in one run. */
@Command(
        name = "peers",
        description = {
            "Time matrix products and training steps in Ridgeline and in other libraries, interleaved.",
            "In each round every library does every work once, one library right after the other, all in random order."
                    + " Prints one table of ratios with 95 %% intervals; writes peers.txt, peers.json and report.html."
                    + " What is not installed or fails stands in the table with its reason. What regularizers add to a step in"
                    + " Ridgeline and in PyTorch stands in a table of its own, which cost --peers takes into its report. The"
                    + " defaults take about a quarter of an hour; keep the machine otherwise idle. Linux alone."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed: Ridgeline itself, not another library", "2:wrong usage"})
public final class PeersCommand implements Callable<Integer> {
    private static final String RIDGELINE = "ridgeline";

    private static final List<String> REGULARIZED = List.of("iris", "mnist128");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--libraries",
            paramLabel = "NAME",
            split = ",",
            description = "Libraries beside Ridgeline, with commas between (default: all): numpy, numpy-avx2, torch,"
                    + " torch-compiled, djl, nd4j, nd4j-avx2, netlib-vector, netlib-native, ejml.")
    private List<String> libraries = List.of();

    @Option(
            names = "--shapes",
            paramLabel = "MxKxN",
            split = ",",
            defaultValue =
                    "1024x1024x1024,512x512x512,256x256x256,128x784x128,32x784x128,128x128x64,128x64x10,128x4x64,"
                            + "128x64x32,128x32x3,112x512x256",
            description = "Products, with commas between, or none (default: ${DEFAULT-VALUE}).")
    private List<String> shapes;

    @Option(
            names = "--forms",
            paramLabel = "FORM",
            split = ",",
            defaultValue = "nn",
            description =
                    "Forms of the products: nn, tn (A is stored transposed), nt (B is); the libraries of the JVM are"
                            + " measured in nn alone (default: ${DEFAULT-VALUE}).")
    private List<String> forms;

    @Option(
            names = "--models",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "iris,mnist,mnist128,activity,wide,lambda,conv",
            description = "Models whose training step is timed, with commas between; or none (default:"
                    + " ${DEFAULT-VALUE}).")
    private List<String> models;

    @Option(
            names = "--regularizers",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "l1,l2,elasticnet,maxnorm,dropout,batchnorm",
            description = "Regularizers that the steps of --regularized are timed with as well, with commas between; or"
                    + " none. PyTorch has those of the default (default: ${DEFAULT-VALUE}).")
    private List<String> regularizers;

    @Option(
            names = "--regularized",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Those of --models that are timed with regularizers (default: iris and mnist128, where --models"
                            + " has them).")
    private List<String> regularized;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each is measured, at least 2 (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of the order within the rounds (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of every library (default: ${DEFAULT-VALUE}). Above 1 products are left out, as"
                    + " Ridgeline's benchmark of them has one thread.")
    private int threads;

    @Option(
            names = "--python",
            paramLabel = "PROGRAM",
            defaultValue = "python3",
            description = "The Python that has NumPy and PyTorch (default: ${DEFAULT-VALUE}).")
    private String python;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "bench/target/peers",
            description = "Folder for the results, made if it is not there (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    /**
     * Runs the command and exits with its code.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        String[] words = Arrays.stream(args).filter(arg -> !arg.isEmpty()).toArray(String[]::new);
        System.exit(new CommandLine(new PeersCommand())
                .setExecutionExceptionHandler((e, command, _) -> {
                    if (!(e instanceof PeerException || e instanceof OutputException)) {
                        throw e;
                    }
                    command.getErr().println("peers: " + e.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(words));
    }

    @Override
    public Integer call() throws PeerException {
        List<Work> works = works();
        try (OutputFolder folder = OutputFolder.open(out)) {
            return measure(works, folder);
        }
    }

    private int measure(List<Work> works, OutputFolder folder) throws PeerException {
        List<Peer> peers = peers(folder);
        PeersResult result = PeersRun.measure(peers, works, rounds, seed, line -> {
            if (!quiet) {
                spec.commandLine().getErr().println(line);
            }
        });
        Map<String, Object> measuredWith = new LinkedHashMap<>();
        measuredWith.put("rounds", rounds);
        measuredWith.put("seed", seed);
        measuredWith.putAll(Environment.current(threads).toMap());
        PeersReport report = new PeersReport(result, measuredWith);
        List<Path> files = report.write(folder);
        spec.commandLine().getOut().println(report.text());
        files.forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private List<Work> works() {
        List<Work> works = new ArrayList<>();
        try {
            if (rounds < 2 || threads < 1) {
                throw new IllegalArgumentException("give --rounds 2 or more, and --threads 1 or more");
            }
            for (String form : threads == 1 ? forms : List.<String>of()) {
                named(shapes).forEach(shape -> works.add(Work.Product.of(form, shape)));
            }
            works.addAll(Work.Step.of(named(models), regularized(), named(regularizers)));
            if (works.isEmpty()) {
                throw new IllegalArgumentException("nothing to measure; name a shape or a model");
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return works.stream().distinct().toList();
    }

    private List<String> regularized() {
        return regularized != null
                ? regularized
                : REGULARIZED.stream().filter(models::contains).toList();
    }

    private static List<String> named(List<String> names) {
        return names.equals(List.of("none")) ? List.of() : names;
    }

    private List<Peer> peers(OutputFolder folder) {
        Map<String, String> best = new LinkedHashMap<>();
        best.put("OPENBLAS_CORETYPE", ""); // either may be preset, to slower kernels than the machine's best
        best.put("OPENBLAS_L2_SIZE", "");
        for (String library : List.of("OMP", "OPENBLAS", "MKL")) {
            best.put(library + "_NUM_THREADS", Integer.toString(threads));
        }
        Map<String, String> avx2 = new LinkedHashMap<>(best);
        avx2.put("OPENBLAS_CORETYPE", "Haswell");
        Build build = Build.current();
        List<Peer> all = List.of(
                new JmhPeer(
                        RIDGELINE,
                        build.version() + ", commit " + build.commit(),
                        GemmBenchmark.class.getName() + ".vector",
                        true,
                        StepBenchmark.class.getName() + ".step",
                        true,
                        Map.of("threads", Integer.toString(threads)),
                        Map.of()),
                python("numpy", "numpy", true, false, best, folder),
                python("numpy-avx2", "numpy", true, false, avx2, folder),
                python("torch", "torch", true, true, best, folder),
                python("torch-compiled", "torch-compiled", false, true, best, folder),
                jvm(
                        "djl",
                        jar("pytorch-engine") + ", " + jar("pytorch-native-cpu"),
                        DjlGemm.class,
                        DjlStep.class,
                        Map.of(),
                        best),
                jvm("nd4j", jar("nd4j-native"), Nd4jGemm.class, null, Map.of(), best),
                jvm("nd4j-avx2", jar("nd4j-native"), Nd4jGemm.class, null, Map.of(), avx2),
                jvm("netlib-vector", jar("blas"), NetlibGemm.class, null, Map.of("implementation", "vector"), best),
                jvm("netlib-native", jar("blas"), NetlibGemm.class, null, Map.of("implementation", "native"), best),
                jvm("ejml", jar("ejml-fdense"), EjmlGemm.class, null, Map.of(), best));
        Map<String, Peer> byName = new LinkedHashMap<>();
        all.forEach(peer -> byName.put(peer.name(), peer));
        try {
            libraries.forEach(name -> Names.find("library", name, byName));
        } catch (UnknownNameException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return all.stream()
                .filter(peer -> peer.name().equals(RIDGELINE) || libraries.isEmpty() || libraries.contains(peer.name()))
                .toList();
    }

    private Peer python(
            String name, String system, boolean products, boolean steps, Map<String, String> env, OutputFolder folder) {
        Path script = Path.of(System.getProperty("peers.script", "bench/peers/peers.py"));
        Path errors = folder.path().resolve(name + ".log");
        return new PythonPeer(name, system, products, steps, python, script, threads, env, errors);
    }

    private static Peer jvm(
            String name,
            String description,
            Class<? extends GemmPeer> product,
            Class<DjlStep> step,
            Map<String, String> parameters,
            Map<String, String> environment) {
        return new JmhPeer(
                name,
                description,
                product.getName() + ".gemm",
                false,
                step == null ? null : step.getName() + ".step",
                false,
                parameters,
                environment);
    }

    /** Returns the name of the jar on the class path, which holds the version. */
    private static String jar(String artifact) {
        return Pattern.compile(Pattern.quote(System.getProperty("path.separator")))
                .splitAsStream(System.getProperty("java.class.path"))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(jar -> jar.matches(Pattern.quote(artifact) + "-\\d.*"))
                .sorted()
                .findFirst()
                .orElse(artifact);
    }
}
