package dev.ridgeline.experiments.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Makes IDX files for tests. */
public final class IdxFiles {
    private IdxFiles() {}

    /** Returns a file of unsigned bytes. */
    public static byte[] idx(byte[] values, int... sizes) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + values.length);
        file.putInt(0x800 | sizes.length);
        for (int size : sizes) {
            file.putInt(size);
        }
        return file.put(values).array();
    }

    /** Returns bytes in gzip. */
    public static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Writes images and labels under the names of a public set, plain. */
    public static void write(Path folder, String part, byte[] pixels, int height, int width, byte[] labels)
            throws IOException {
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), idx(pixels, labels.length, height, width));
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), idx(labels, labels.length));
    }

    /** Writes a set of 2 x 3 pixels in which each class of three has a bright pixel of its own. */
    public static void writeSmallSet(Path folder) throws IOException {
        write(folder, "train", pixels(60), 2, 3, labels(60));
        write(folder, "t10k", pixels(30), 2, 3, labels(30));
    }

    private static byte[] labels(int n) {
        byte[] labels = new byte[n];
        for (int i = 0; i < n; i++) {
            labels[i] = (byte) (i % 3);
        }
        return labels;
    }

    private static byte[] pixels(int n) {
        byte[] pixels = new byte[6 * n];
        for (int i = 0; i < n; i++) {
            pixels[6 * i + i % 3] = (byte) (200 + i % 50);
            pixels[6 * i + 3 + i % 2] = (byte) i;
        }
        return pixels;
    }
}
