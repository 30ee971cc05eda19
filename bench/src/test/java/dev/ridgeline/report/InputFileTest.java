package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsATextWithoutTheBlanksAroundIt() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "\n \u00b5 b \n");
        assertEquals("\u00b5 b", InputFile.read(file, "a report"));
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        refuses("There is no file %s; name a report", folder.resolve("none"));
        refuses("%s cannot be read: it is a folder; name a report", folder);
        refuses("%s is empty; name a report", Files.writeString(folder.resolve("empty"), " \n"));
        refuses("%s is not a text; name a report", Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0}));
    }

    private static void refuses(String message, Path file) {
        assertEquals(
                message.formatted(file),
                assertThrows(IllegalArgumentException.class, () -> InputFile.read(file, "a report"))
                        .getMessage());
    }
}
