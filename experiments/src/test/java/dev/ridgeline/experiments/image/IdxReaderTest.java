package dev.ridgeline.experiments.image;

import static dev.ridgeline.experiments.image.IdxFiles.gzip;
import static dev.ridgeline.experiments.image.IdxFiles.idx;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {
    private static final byte[] SIX = {1, 2, 3, 4, 5, -1};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void plainAndPackedFilesAreRead(boolean packed) throws IOException {
        byte[] file = idx(SIX, 1, 2, 3);
        try (IdxReader reader = IdxReader.open(write(packed ? gzip(file) : file), 3)) {
            assertArrayEquals(new int[] {1, 2, 3}, reader.shape());
            assertArrayEquals(SIX, reader.values());
        }
    }

    /** Larger than the first buffer, so that it must grow. */
    @Test
    void aLargeFileIsReadWhole() throws IOException {
        byte[] values = new byte[(5 << 20) + 3];
        Arrays.setAll(new int[values.length], i -> values[i] = (byte) (i * 31));
        try (IdxReader reader = IdxReader.open(write(idx(values, values.length)), 1)) {
            assertArrayEquals(values, reader.values());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00000801, starts with 00000801, give images",
        "00000D03, starts with 00000D03, give images",
        "89504E47, starts with 89504E47, give images",
        "0A0A0A0A, not with 00000803, unsigned bytes",
    })
    void anotherMagicIsRefused(String magic, String what, String remedy) throws IOException {
        byte[] file = idx(SIX, 1, 2, 3);
        ByteBuffer.wrap(file).putInt((int) Long.parseLong(magic, 16));
        refused(file, 3, what, remedy);
    }

    @Test
    void imagesAreNoLabels() throws IOException {
        refused(idx(SIX, 1, 2, 3), 1, "starts with 00000803, not with 00000801", "give labels");
    }

    @Test
    void sizesOfNothingOrTooLargeAreRefused() throws IOException {
        refused(idx(SIX, 0, 2, 3), 3, "says its size 1 is 0", "from 1 to 2147483647");
        refused(idx(SIX, 1, -1, 3), 3, "says its size 2 is 4294967295", "from 1 to 2147483647");
    }

    /** Products that leave 31, 32, 63 or 64 bits; 65,536³ is 0 in 32 bits, 2³² in 64 bits times 2³² is 0. */
    @ParameterizedTest
    @CsvSource({
        "2147483647, 2147483647, 2147483647",
        "65536, 65536, 65536",
        "65536, 65536, 1",
        "1073741824, 2, 1",
        "2147483647, 2147483647, 4"
    })
    void sizesThatOverflowAreRefused(int n, int height, int width) throws IOException {
        refused(idx(SIX, n, height, width), 3, n + " x " + height + " x " + width + " values", "; give");
    }

    @Test
    void whatDoesNotFitTheMemoryNamesTheRemedy() throws IOException {
        Path file = write(idx(SIX, 1, 2, 3));
        String message = assertThrows(IllegalArgumentException.class, () -> IdxReader.open(file, 3, 5))
                .getMessage();
        assertEquals(
                "\"" + file + "\" says it holds 1 x 2 x 3 values, and 5 are the most that fit here; give the program"
                        + " more memory, for example JAVA_TOOL_OPTIONS=-Xmx8g",
                message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 9, 15, 16, 17, 21})
    void truncatedFilesAreRefused(int length) throws IOException {
        byte[] file = Arrays.copyOf(idx(SIX, 1, 2, 3), length);
        refused(file, 3, length < 16 ? "ends too early" : "ends after " + (length - 16) + " of 1 x 2 x 3", "truncated");
        refused(gzip(file), 3, "ends", "truncated: get the file again");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 9, 15, 20, 30})
    void truncatedGzipIsRefused(int length) throws IOException {
        refused(Arrays.copyOf(gzip(idx(SIX, 1, 2, 3)), length), 3, "ends too early", "truncated: get the file again");
    }

    @Test
    void damagedGzipIsRefused() throws IOException {
        byte[] file = gzip(idx(new byte[1000], 1, 10, 100));
        file[file.length - 8] ^= 1; // of the sum over the content
        refused(file, 3, "is damaged: Corrupt GZIP trailer", "get the file again");
    }

    @Test
    void whatGoesOnAfterTheValuesIsRefused() throws IOException {
        byte[] file = Arrays.copyOf(idx(SIX, 1, 2, 3), 23);
        refused(file, 3, "goes on after the 1 x 2 x 3 values", "get the file again");
        refused(gzip(file), 3, "goes on after the 1 x 2 x 3 values", "get the file again");
    }

    /** 256 MB of zeros behind a header that promises 6: no more than that is unpacked. */
    @Test
    void aGzipBombIsNotUnpacked() throws IOException {
        byte[] bomb = gzip(Arrays.copyOf(idx(new byte[0], 1, 2, 3), 256 << 20));
        int[] read = new int[1];
        InputStream counted = new FilterInputStream(new ByteArrayInputStream(bomb)) {
            @Override
            public int read(byte[] bytes, int from, int n) throws IOException {
                int got = super.read(bytes, from, n);
                read[0] += got;
                return got;
            }
        };
        try (IdxReader reader = IdxReader.open("bomb.gz", counted, 3, 1 << 20)) {
            String message =
                    assertThrows(IllegalArgumentException.class, reader::values).getMessage();
            assertTrue(message.contains("goes on after the 1 x 2 x 3 values"), message);
        }
        assertTrue(read[0] <= 3 << 16, read[0] + " of " + bomb.length + " packed bytes, a few buffers at most");
    }

    /** A header may promise what it likes: memory is taken for what comes. */
    @Test
    void aPromiseTakesNoMemory() throws IOException {
        refused(idx(SIX, 5_000_000, 2, 3), 3, "ends after 6 of 5000000 x 2 x 3 = 30000000", "truncated");
    }

    @Test
    void whatIsNoReadableFileIsRefused() {
        String missing = assertThrows(IllegalArgumentException.class, () -> IdxReader.open(folder.resolve("none"), 3))
                .getMessage();
        assertEquals("\"" + folder.resolve("none") + "\" is not there; check the name", missing);
        String directory = assertThrows(IllegalArgumentException.class, () -> IdxReader.open(folder, 3))
                .getMessage();
        assertEquals("\"" + folder + "\" is a folder; name a file", directory);
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("images"), content);
    }

    private void refused(byte[] content, int rank, String what, String remedy) throws IOException {
        Path file = write(content);
        String message = assertThrows(IllegalArgumentException.class, () -> {
                    try (IdxReader reader = IdxReader.open(file, rank)) {
                        reader.values();
                    }
                })
                .getMessage();
        assertTrue(message.startsWith("\"" + file + "\" "), message);
        assertTrue(message.contains(what), message);
        assertTrue(message.substring(message.indexOf(';')).contains(remedy), message);
    }
}
