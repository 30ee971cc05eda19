package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.train.Model;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What README.md says is compiled and run, as a reader would do it. */
class ReadmeTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    @TempDir
    private Path folder;

    private final Path root = Path.of("").toAbsolutePath().getParent();
    private final String readme = Files.readString(root.resolve("README.md"));

    ReadmeTest() throws Exception {}

    @Test
    void theExampleRunsWithTheCoreAloneAndGivesTheSameBitsWithoutTheFlag() throws Exception {
        String example = blocks("java").getFirst();
        Result fast = run(example, MODULE);
        assertTrue(fast.out.matches("\\[0, 1, 1, 0]\\R[0-9a-f]{64}\\R"), fast::toString);
        Result plain = run(example);
        assertEquals(fast.out, plain.out);
        assertEquals(1, plain.err.split("--add-modules", -1).length - 1, "one warning that names the flag: " + plain);
    }

    @Test
    void theRegularizerRunsInTheExample() throws Exception {
        String example = blocks("java").getFirst();
        String own = example.replace("new L2(1e-4f)", "new PseudoHuber(1e-3f)")
                + blocks("java").get(1);
        assertNotEquals(example.length() + blocks("java").get(1).length(), own.length(), "it was put in");
        Result result = run(own, MODULE);
        assertTrue(result.out.startsWith("[0, 1, 1, 0]"), result::toString);
        assertNotEquals(run(example, MODULE).out, result.out, "it acts");
    }

    @Test
    void theCommandLineTakesTheRegularizer() throws Exception {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        String source = "import dev.ridgeline.regularizer.Regularizer;\n"
                + blocks("java").get(1);
        Path file = Files.writeString(folder.resolve("PseudoHuber.java"), source);
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", core().toString(), "-d", mine.toString(), file.toString()));
        String classPath = System.getProperty("java.class.path");
        List<String> cost = List.of(Main.class.getName(), "cost", "--regularizers", "PseudoHuber,l2", "--blocks", "1");
        String wrong = java(List.of(MODULE, "-cp", classPath), cost).err;
        assertTrue(wrong.contains("Unknown regularizer \"PseudoHuber\""), wrong);
        String found = java(List.of(MODULE, "-cp", classPath + File.pathSeparator + mine), cost).err;
        assertTrue(found.contains("Cost: 1 blocks"), "the name is no longer what is wrong: " + found);
    }

    @Test
    void theProtocolOfTwoBenchmarksRuns() throws Exception {
        String compare = blocks("java").get(2);
        assertTrue(compare.lines().count() <= 10, "ten lines");
        String quick = compare.replace(".blocks(10)", ".blocks(2).iterations(new Iterations(0, 1, 10))");
        assertNotEquals(compare, quick);
        Path file = Files.writeString(folder.resolve("Compare.java"), quick);
        String classPath = System.getProperty("java.class.path");
        Result result = java(List.of(MODULE, "-Djmh.ignoreLock=true", "-cp", classPath), List.of(file.toString()));
        assertTrue(
                result.out.startsWith("Noise floor on GemmBenchmark.reference shape=128x64x10 form=nn: "),
                result::toString);
        assertTrue(
                result.out.matches(
                        "(?s).*\\RGemmBenchmark\\.vector shape=128x64x10 form=nn: .*s, [-+].* %.*: [a-z ]+\\R.*"),
                result::toString);
    }

    @Test
    void theDependencyIsTheCoreOfThisBuild() throws Exception {
        String pom = Files.readString(root.resolve("core/pom.xml"));
        String snippet = blocks("xml").getFirst();
        for (String element : List.of("groupId", "artifactId", "version")) {
            String value = element(snippet, element);
            assertTrue(pom.contains("<" + element + ">" + value + "</" + element + ">"), value);
        }
        assertTrue(readme.contains(
                "core/target/" + element(snippet, "artifactId") + "-" + element(snippet, "version") + ".jar"));
    }

    @Test
    void everyCommandThatItNamesIsThere() {
        Matcher names = Pattern.compile("ridgeline\\.jar ([a-z][a-z-]*)").matcher(readme);
        CommandLine commands = Main.commandLine();
        int found = 0;
        while (names.find()) {
            assertTrue(commands.getSubcommands().containsKey(names.group(1)), names.group());
            found++;
        }
        assertEquals(commands.getSubcommands().size(), found, "each is named");
    }

    private List<String> blocks(String language) {
        Matcher matcher = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private static String element(String xml, String name) {
        Matcher matcher = Pattern.compile("<" + name + ">(.*?)<").matcher(xml);
        assertTrue(matcher.find(), name);
        return matcher.group(1);
    }

    /** Runs a source file with nothing but the core on its class path. */
    private Result run(String source, String... options) throws Exception {
        List<String> before = new ArrayList<>(List.of(options));
        before.addAll(List.of("-cp", core().toString()));
        return java(
                before,
                List.of(Files.writeString(folder.resolve("Example.java"), source)
                        .toString()));
    }

    private static Path core() throws URISyntaxException {
        return Path.of(
                Model.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private Result java(List<String> options, List<String> args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(args);
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
        return new Result(Files.readString(out), Files.readString(err));
    }

    private record Result(String out, String err) {}
}
