package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void makesTheFolderAndLeavesNothingElse() throws IOException {
        Path path = temporary.resolve("a b/c");
        OutputFolder folder = OutputFolder.open(path);
        assertEquals(List.of(".lock"), names(path));
        Path file = folder.write("report.md", "ü");
        assertEquals(path.toAbsolutePath().resolve("report.md"), file);
        assertEquals("ü", Files.readString(file));
        folder.write("report.md", new byte[] {1, 2});
        assertEquals(2, Files.size(file));
        folder.close();
        assertEquals(List.of("report.md"), names(path));
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(temporary.resolve("taken"), "old");
        OutputException e = assertThrows(OutputException.class, () -> OutputFolder.open(file));
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertTrue(e.getMessage().contains("it is a file; name a folder instead"), e.getMessage());
        assertEquals("old", Files.readString(file));
    }

    @Test
    void refusesAFolderBelowAFile() throws IOException {
        Path below = Files.writeString(temporary.resolve("taken"), "old").resolve("folder");
        OutputException e = assertThrows(OutputException.class, () -> OutputFolder.open(below));
        assertTrue(e.getMessage().contains(below.toString()), e.getMessage());
        assertTrue(e.getMessage().contains("name a folder that you may write to"), e.getMessage());
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNoOther() throws IOException {
        OutputFolder folder = OutputFolder.open(temporary);
        Path target = temporary.resolve("cost.json");
        Files.createDirectories(target.resolve("occupied")); // what no move can replace
        assertThrows(OutputException.class, () -> folder.write("cost.json", "new"));
        assertTrue(Files.isDirectory(target.resolve("occupied")));
        folder.close();
        assertEquals(List.of("cost.json"), names(temporary));
    }

    /** The temporary file is a link to a device without any space left. */
    @Test
    void aFullDiskLeavesTheOldFileAndNoOther() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        OutputFolder folder = OutputFolder.open(temporary);
        folder.write("cost.json", "old");
        Path link = temporary.resolve(".cost.json." + ProcessHandle.current().pid() + ".tmp");
        Files.createSymbolicLink(link, Path.of("/dev/full"));
        String message = assertThrows(OutputException.class, () -> folder.write("cost.json", "new"))
                .getMessage();
        assertEquals(
                "Cannot write to \"" + temporary
                        + "\": No space left on device; name a folder that you may write to and"
                        + " that has space left",
                message);
        assertEquals("old", Files.readString(temporary.resolve("cost.json")));
        folder.close();
        assertEquals(List.of("cost.json"), names(temporary));
    }

    @Test
    void aFolderIsOpenOnlyOnce() {
        OutputFolder folder = OutputFolder.open(temporary);
        OutputException e = assertThrows(OutputException.class, () -> OutputFolder.open(temporary));
        assertTrue(
                e.getMessage()
                        .endsWith("process " + ProcessHandle.current().pid()
                                + " is writing there; wait for it, or name another folder"),
                e.getMessage());
        folder.close();
        folder.close();
        OutputFolder.open(temporary).close();
    }

    /** Opens a folder in a process of its own. */
    static final class Opener {
        private Opener() {}

        /** Says so, closes the folder, says so, and ends when its input does. */
        public static void main(String[] args) throws IOException {
            try (OutputFolder _ = OutputFolder.open(Path.of(args[0]))) {
                System.out.println("opened");
            } catch (OutputException e) {
                System.out.println(e.getMessage());
            }
            System.out.println("closed");
            System.in.read();
        }
    }

    private Process opener() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opener.class.getName(),
                        temporary.toString())
                .redirectErrorStream(true)
                .start();
    }

    private String opened() throws Exception {
        Process process = opener();
        try {
            process.getOutputStream().close();
            return process.inputReader(StandardCharsets.UTF_8).readAllLines().getFirst();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aProcessThatHasClosedTheFolderTakesNoOtherLockWithIt() throws Exception {
        Process process = opener();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("opened", said.readLine());
            assertEquals("closed", said.readLine());
            try (OutputFolder _ = OutputFolder.open(temporary)) {
                process.getOutputStream().close();
                assertEquals(0, process.waitFor());
                assertEquals(List.of(".lock"), names(temporary));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void anotherProcessIsRefusedAsLongAsTheFolderIsOpen() throws Exception {
        OutputFolder folder = OutputFolder.open(temporary);
        String refusal = opened();
        assertTrue(
                refusal.endsWith("process " + ProcessHandle.current().pid()
                        + " is writing there; wait for it, or name another folder"),
                refusal);
        folder.close();
        assertEquals("opened", opened());
        assertEquals(List.of(), names(temporary));
    }

    @Test
    void aLockThatAKilledRunLeftIsNone() throws IOException {
        Files.writeString(temporary.resolve(".lock"), "123456789 of a run that was killed, which is longer than ours");
        OutputFolder folder = OutputFolder.open(temporary);
        String pid = Long.toString(ProcessHandle.current().pid());
        assertTrue(Files.readString(temporary.resolve(".lock")).startsWith(pid + " "));
        folder.close();
        assertEquals(List.of(), names(temporary));
    }

    @Test
    void appendsToAFile() throws IOException {
        OutputFolder folder = OutputFolder.open(temporary);
        folder.append("lines", "one\n");
        folder.append("lines", "zwei ü\n");
        assertEquals("one\nzwei ü\n", Files.readString(temporary.resolve("lines")));
        folder.close();
    }

    @Test
    void aReaderSeesTheOldFileOrTheNewOne() throws Exception {
        OutputFolder folder = OutputFolder.open(temporary);
        String[] contents = {"a".repeat(1 << 20), "b".repeat(1 << 20)};
        Path file = folder.write("file", contents[0]);
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean torn = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                try {
                    String seen = Files.readString(file);
                    if (!seen.equals(contents[0]) && !seen.equals(contents[1])) {
                        torn.set(true);
                    }
                } catch (IOException e) {
                    torn.set(true);
                }
            }
        });
        for (int i = 0; i < 100; i++) {
            folder.write("file", contents[i % 2]);
        }
        done.set(true);
        reader.join();
        assertEquals(false, torn.get());
    }

    @Test
    void refusesANameThatLeavesTheFolder() {
        OutputFolder folder = OutputFolder.open(temporary.resolve("in"));
        assertThrows(IllegalArgumentException.class, () -> folder.write("../out", "x"));
        assertThrows(IllegalArgumentException.class, () -> folder.write("", "x"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
