package dev.ridgeline.experiments.image;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads an array of unsigned bytes in the IDX format of MNIST (LeCun, Cortes and Burges,
 * <a href="http://yann.lecun.com/exdb/mnist/">The MNIST database</a>), plain or in gzip:
 *
 * <pre>
 * 00 00 08 rank      08 says unsigned bytes
 * size 1 ... rank    of 4 bytes each, the highest first
 * values             size 1 x ... x size rank of them
 * </pre>
 *
 * <p>The file is not trusted: no more is read than its header promises, and no more memory is taken than has been read.
 */
final class IdxReader implements AutoCloseable {
    /** The most values that are read: larger than every public set of this format. */
    private static final long MOST_VALUES = 1L << 30;

    /** The memory that a study takes for a pixel: the byte, and as a float twice, for the whole and for parts. */
    private static final int BYTES_OF_VALUE = 12;

    private static final int UNSIGNED_BYTES = 0x08;
    private static final int GZIP = 0x1F8B;

    private final String name;
    private final DataInputStream in;
    private final int[] shape;
    private final int total;

    private IdxReader(String name, InputStream raw, int rank, long mostValues) throws IOException {
        this.name = name;
        BufferedInputStream buffered = new BufferedInputStream(raw, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == GZIP >> 8 && buffered.read() == (GZIP & 0xFF);
        buffered.reset();
        in = new DataInputStream(gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered);
        shape = header(rank);
        total = total(mostValues);
    }

    /**
     * Opens a file and reads its header.
     *
     * @param file the file
     * @param rank how many sizes it must have: 3 for images, 1 for labels
     * @throws IllegalArgumentException if it cannot be read or is no such file
     */
    static IdxReader open(Path file, int rank) {
        return open(file, rank, Math.min(MOST_VALUES, Runtime.getRuntime().maxMemory() / BYTES_OF_VALUE));
    }

    /** Opens a file that may not hold more values than given. */
    static IdxReader open(Path file, int rank, long mostValues) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) {
                throw refusal(name, "is a folder", "name a file");
            }
            return open(name, Files.newInputStream(file), rank, mostValues);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** Opens a stream, which is closed with the reader. */
    static IdxReader open(String name, InputStream stream, int rank, long mostValues) {
        try {
            boolean opened = false;
            try {
                IdxReader reader = new IdxReader(name, stream, rank, mostValues);
                opened = true;
                return reader;
            } finally {
                if (!opened) {
                    stream.close();
                }
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private int[] header(int rank) throws IOException {
        int magic = in.readInt();
        int expected = UNSIGNED_BYTES << 8 | rank;
        if (magic != expected) {
            throw refusal(
                    name,
                    String.format("starts with %08X, not with %08X", magic, expected),
                    rank == 1
                            ? "give labels in the IDX format: unsigned bytes, 1 size"
                            : "give images in the IDX format: unsigned bytes, " + rank + " sizes");
        }
        int[] sizes = new int[rank];
        for (int i = 0; i < rank; i++) {
            sizes[i] = in.readInt();
            if (sizes[i] < 1) {
                throw refusal(
                        name,
                        "says its size " + (i + 1) + " is " + Integer.toUnsignedString(sizes[i]),
                        "sizes must be from 1 to " + Integer.MAX_VALUE);
            }
        }
        return sizes;
    }

    private int total(long mostValues) {
        long product = 1;
        for (int size : shape) {
            product *= size; // below 2^62: each factor is below 2^31, and the product before it is not above the limit
            if (product > mostValues) {
                throw refusal(
                        name,
                        "says it holds " + sizes() + " values, and " + mostValues + " are the most that fit here",
                        mostValues < MOST_VALUES
                                ? "give the program more memory, for example JAVA_TOOL_OPTIONS=-Xmx8g"
                                : "give a smaller file");
            }
        }
        return (int) product;
    }

    /** Returns the sizes, the number of images or labels first. */
    int[] shape() {
        return shape.clone();
    }

    /** Returns the sizes as a text. */
    String sizes() {
        return IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
    }

    /**
     * Reads the values.
     *
     * @throws IllegalArgumentException if the file is damaged, or holds fewer or more of them than its header says
     */
    byte[] values() {
        try {
            byte[] values = new byte[Math.min(total, 1 << 20)];
            int read = 0;
            while (read < total) {
                if (read == values.length) {
                    values = Arrays.copyOf(values, (int) Math.min(total, 2L * read));
                }
                int n = in.read(values, read, values.length - read);
                if (n < 0) {
                    throw truncated(read);
                }
                read += n;
            }
            if (in.read() >= 0) { // in gzip this also checks the sum over the content
                throw refusal(
                        name,
                        "goes on after the " + sizes() + " values that its header promises",
                        "its sizes or its content are wrong: get the file again");
            }
            return values;
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private IllegalArgumentException truncated(int read) {
        return refusal(
                name,
                "ends after " + read + " of " + sizes() + " = " + total + " values",
                "it is truncated: get the file again");
    }

    private static IllegalArgumentException unreadable(String name, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> refusal(name, "is not there", "check the name");
            case AccessDeniedException _ -> refusal(name, "may not be read", "change its permissions");
            case EOFException _ -> refusal(name, "ends too early", "it is truncated: get the file again");
            case ZipException _ -> refusal(name, "is damaged: " + e.getMessage(), "get the file again");
            default -> refusal(name, "cannot be read: " + e.getMessage(), "check disk and permissions");
        };
    }

    private static IllegalArgumentException refusal(String name, String what, String remedy) {
        return new IllegalArgumentException("\"" + name + "\" " + what + "; " + remedy);
    }

    /** Returns the file's name in quotes. */
    @Override
    public String toString() {
        return "\"" + name + "\"";
    }

    /** Closes the file. */
    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }
}
