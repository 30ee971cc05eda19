package dev.ridgeline.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest {
    private static final String MODULES = "MODULES=\"java.base jdk.incubator.vector\"";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"25, 25", "25.0.3, 25", "26-ea, 26", "27+9, 27", "24.0.1, 0", "17.0.15, 0", "1.8.0_402, 0", "next, 0"})
    void readsTheVersionFromTheReleaseFile(String version, int feature) throws IOException {
        assertEquals(feature, Launch.fitFeature(jdk("some jdk", "JAVA_VERSION=\"" + version + "\"", MODULES)));
    }

    @Test
    void refusesWhatIsNoFitJdk() throws IOException {
        assertEquals(0, Launch.fitFeature(folder.resolve("missing")));
        assertEquals(0, Launch.fitFeature(jdk("without version", MODULES)));
        assertEquals(0, Launch.fitFeature(jdk("jre", "JAVA_VERSION=\"25\"", "MODULES=\"java.base\"")));
        assertEquals(25, Launch.fitFeature(jdk("modules not told", "JAVA_VERSION=\"25\"")));
        Path gutted = jdk("gutted", "JAVA_VERSION=\"25\"", MODULES);
        Files.delete(gutted.resolve("bin/java"));
        assertEquals(0, Launch.fitFeature(gutted));
        Path garbage = jdk("garbage", "\\uXYZ");
        assertEquals(0, Launch.fitFeature(garbage));
    }

    @Test
    void prefersTheVersionItIsTestedOn() throws IOException {
        jdk("a-17", "JAVA_VERSION=\"17\"", MODULES);
        jdk("b-27", "JAVA_VERSION=\"27\"", MODULES);
        jdk("c-25.0.1", "JAVA_VERSION=\"25.0.1\"", MODULES);
        Path best = jdk("d-25.0.3", "JAVA_VERSION=\"25.0.3\"", MODULES);
        jdk("e-26", "JAVA_VERSION=\"26\"", MODULES);
        assertEquals(Optional.of(best), Launch.best(List.of(folder.resolve("missing"), folder)));
    }

    @Test
    void looksIntoTheFoldersOfAMac() throws IOException {
        Path best = jdk("temurin-25.jdk/Contents/Home", "JAVA_VERSION=\"25\"", MODULES);
        assertEquals(Optional.of(best), Launch.best(List.of(folder)));
    }

    @Test
    void saysWhatToInstallWhenThereIsNone() throws Exception {
        jdk("a-17", "JAVA_VERSION=\"17\"", MODULES);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream error = System.err;
        System.setErr(new PrintStream(printed, true));
        try {
            assertEquals(78, Launch.restart(Launch.best(List.of(folder)), new String[] {"--version"}));
        } finally {
            System.setErr(error);
        }
        String message = printed.toString();
        assertTrue(message.startsWith("Ridgeline needs a JDK 25 or newer: install Temurin 25 "), message);
        assertTrue(message.contains("JAVA25_HOME"), message);
        assertTrue(message.contains(System.getProperty("java.home")), message);
    }

    @Test
    void usesTheClassArchiveBesideItsJar() throws IOException {
        String jar = folder.resolve("a jar.jar").toString();
        assertEquals(List.of(), Launch.archive(jar));
        Path archive = Files.createFile(folder.resolve("a jar.jsa"));
        assertEquals("-XX:SharedArchiveFile=" + archive, Launch.archive(jar).getFirst());
        assertEquals(List.of(), Launch.archive(folder.toString()));
    }

    @Test
    void onlyShortRunsGetTheirOptions() {
        Attributes manifest = new Attributes();
        assertEquals(List.of(), Launch.shortRunOptions(manifest, new String[] {"quick"}));
        manifest.putValue("Launch-Short-Runs", "quick quicker");
        manifest.putValue("Launch-Short-Run-Options", "-XX:+This -XX:-That");
        assertEquals(
                List.of("-XX:+This", "-XX:-That"),
                Launch.shortRunOptions(manifest, new String[] {"quicker", "--help"}));
        assertEquals(List.of(), Launch.shortRunOptions(manifest, new String[] {"slow", "quick"}));
        assertEquals(List.of(), Launch.shortRunOptions(manifest, new String[0]));
    }

    private Path jdk(String name, String... release) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.write(home.resolve("release"), List.of(release));
        Path java = home.resolve("bin/java");
        if (!Files.exists(java)) {
            assertTrue(Files.createFile(java).toFile().setExecutable(true));
        }
        return home;
    }
}
