package dev.ridgeline.launch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The main class of the launchable jars. A manifest cannot add the incubating module that the vector kernels need, and
 * the {@code java} at hand may be older than the classes. So this class, alone compiled for Java 17, runs the jar's
 * real main class at once where the VM is fit for it, and otherwise in a child VM: a JDK 25 or newer, with the module,
 * with this VM's own options, arguments, standard streams and exit code.
 *
 * <p>No process outlives this one. The child ends when its launcher does, however that ended, and takes the processes
 * it started (JMH's forks) with it.
 */
public final class Launch {
    private static final int NEEDED = 25;
    private static final String MAIN = "Launch-Main";
    private static final String MODULE = "jdk.incubator.vector";

    /** First argument of a child: the process that it must not outlive. */
    private static final String LAUNCHED_BY = "--launched-by=";

    /** The exit code that says "nothing here to run with" (EX_CONFIG of sysexits.h). */
    private static final int NO_JDK = 78;

    /** What a shell reports of a process ended by SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    private Launch() {}

    /**
     * Runs the main class that the jar's manifest names as {@code Launch-Main}.
     *
     * @param args its arguments
     * @throws Throwable what that class throws
     */
    public static void main(String[] args) throws Throwable {
        if (args.length > 0 && args[0].startsWith(LAUNCHED_BY)) {
            endWith(Long.parseLong(args[0].substring(LAUNCHED_BY.length())));
            run(Arrays.copyOfRange(args, 1, args.length));
        } else if (Runtime.version().feature() >= NEEDED
                && ModuleLayer.boot().findModule(MODULE).isPresent()) {
            run(args);
        } else {
            System.exit(restart(findJdk(), args));
        }
    }

    private static void run(String[] args) throws Throwable {
        Runtime.getRuntime().addShutdownHook(new Thread(Launch::endDescendants));
        try {
            Class.forName(mainClass()).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static String mainClass() throws IOException {
        return manifest().getValue(MAIN);
    }

    private static Attributes manifest() throws IOException {
        for (URL url : Collections.list(Launch.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            try (InputStream in = url.openStream()) {
                Attributes attributes = new Manifest(in).getMainAttributes();
                if (attributes.getValue(MAIN) != null) {
                    return attributes;
                }
            }
        }
        throw new IllegalStateException("no manifest on the class path names a " + MAIN);
    }

    /**
     * Ends this VM soon after its launcher has ended. A process whose parent has ended gets another one at once; to ask
     * for the launcher itself would not do, since it counts as alive until its own parent has taken notice of its end.
     */
    private static void endWith(long launcher) {
        Thread watch = new Thread(() -> {
            while (ProcessHandle.current()
                    .parent()
                    .filter(parent -> parent.pid() == launcher)
                    .isPresent()) {
                pause(200);
            }
            System.exit(TERMINATED);
        });
        watch.setDaemon(true);
        watch.start();
    }

    /** Ends what this VM started. Looks again for a while, since a program may react to a lost fork with a new one. */
    private static void endDescendants() {
        int rounds = ProcessHandle.current().descendants().findAny().isPresent() ? 10 : 0;
        for (int round = 0; round < rounds; round++) {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            pause(10);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the program in a child VM of that JDK and returns its exit code. */
    static int restart(Optional<Path> home, String[] args) throws IOException, InterruptedException {
        if (home.isEmpty()) {
            System.err.println(noJdk());
            return NO_JDK;
        }
        List<String> command = new ArrayList<>();
        command.add(java(home.get()).toString());
        List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments();
        if (own.stream().noneMatch(option -> option.startsWith("-XX:"))) { // who chooses there chooses all
            command.addAll(archive(System.getProperty("java.class.path")));
            command.addAll(shortRunOptions(manifest(), args));
        }
        command.addAll(own);
        command.add("--add-modules=" + MODULE);
        command.add("--sun-misc-unsafe-memory-access=allow"); // JMH 1.37 calls Unsafe.objectFieldOffset
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Launch.class.getName()));
        command.add(LAUNCHED_BY + ProcessHandle.current().pid());
        command.addAll(Arrays.asList(args));
        Process child = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(child)));
        return child.waitFor();
    }

    /** The classes as a run during the build left them beside the jar. A VM or a jar that they do not fit ignores them. */
    static List<String> archive(String jar) {
        String archive = jar.replaceFirst("\\.jar$", ".jsa");
        return !archive.equals(jar) && Files.isRegularFile(Path.of(archive))
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off,aot*=off")
                : List.of();
    }

    /** The options that the manifest has for commands that end before the VM's own choices have paid. */
    static List<String> shortRunOptions(Attributes manifest, String[] args) {
        List<String> commands = words(manifest.getValue("Launch-Short-Runs"));
        return args.length > 0 && commands.contains(args[0])
                ? words(manifest.getValue("Launch-Short-Run-Options"))
                : List.of();
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.split("\\s+"));
    }

    private static void end(Process child) {
        child.destroy();
        try {
            if (child.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        child.descendants().forEach(ProcessHandle::destroyForcibly);
        child.destroyForcibly();
    }

    private static String noJdk() {
        return String.format(
                "Ridgeline needs a JDK %d or newer: install Temurin %1$d (https://adoptium.net), or set JAVA%1$d_HOME to"
                        + " one.%nThis is Java %s in %s, and no newer one was found.",
                NEEDED, Runtime.version().feature(), System.getProperty("java.home"));
    }

    /** Finds the home of a fit JDK: this VM's own, one named by the environment, or the best of those installed. */
    private static Optional<Path> findJdk() {
        Stream<Path> named = Stream.of(
                        System.getProperty("java.home"),
                        System.getenv("JAVA" + NEEDED + "_HOME"),
                        System.getenv("JAVA_HOME"),
                        System.getenv("JDK_HOME"))
                .filter(home -> home != null && !home.isBlank())
                .map(Path::of);
        String user = System.getProperty("user.home");
        List<Path> folders = Stream.of(
                        "/usr/lib/jvm",
                        "/usr/lib64/jvm",
                        "/usr/java",
                        "/usr/local",
                        "/opt",
                        "/opt/java",
                        "/opt/homebrew/opt",
                        "/Library/Java/JavaVirtualMachines",
                        user + "/Library/Java/JavaVirtualMachines",
                        user + "/.sdkman/candidates/java",
                        user + "/.jdks",
                        user + "/.asdf/installs/java",
                        user + "/.local/share/mise/installs/java",
                        System.getenv("ProgramFiles") + "/Eclipse Adoptium",
                        System.getenv("ProgramFiles") + "/Java")
                .map(Path::of)
                .toList();
        return named.filter(home -> fitFeature(home) > 0).findFirst().or(() -> best(folders));
    }

    /**
     * Returns the best JDK in folders that hold JDKs: the oldest fit version, because that is the one Ridgeline is
     * tested on, and of that the last by name.
     */
    static Optional<Path> best(List<Path> folders) {
        return folders.stream()
                .flatMap(Launch::children)
                .flatMap(home -> Stream.of(
                        home, home.resolve("Contents/Home"), home.resolve("libexec/openjdk.jdk/Contents/Home")))
                .filter(home -> fitFeature(home) > 0)
                .min(Comparator.comparingInt(Launch::fitFeature).thenComparing(Comparator.reverseOrder()));
    }

    private static Stream<Path> children(Path folder) {
        File[] children = folder.toFile().listFiles(); // null if it is not there or closed to us
        return Stream.ofNullable(children)
                .flatMap(Arrays::stream)
                .filter(Objects::nonNull)
                .map(File::toPath);
    }

    /**
     * Returns the feature version of a JDK, read from its {@code release} file, or 0 if there is none or it is too old
     * or lacks the module.
     */
    static int fitFeature(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(java(home))) {
            return 0;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
            String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
            int feature = Integer.parseInt(version.replaceFirst("[^0-9].*", ""));
            return feature >= NEEDED
                            && properties.getProperty("MODULES", MODULE).contains(MODULE)
                    ? feature
                    : 0;
        } catch (IOException | IllegalArgumentException e) {
            return 0; // not the file of a JDK
        }
    }

    private static Path java(Path home) {
        return home.resolve("bin").resolve(File.separatorChar == '\\' ? "java.exe" : "java");
    }
}
