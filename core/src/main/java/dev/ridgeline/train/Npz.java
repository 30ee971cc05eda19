package dev.ridgeline.train;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's {@code .npz}: a zip of arrays, stored without compression, each in the format {@code .npy} 1.0 (NumPy
 * Enhancement Proposal 1). Here they are little-endian float32 arrays, and texts as arrays of bytes.
 *
 * <p>Nothing is believed before it is checked: an array is read only into as much memory as its caller expects, and only
 * if its name, its type, its shape, its size and, once read, its checksum are right.
 */
final class Npz {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int LONGEST_HEADER = 4096;
    private static final int ALIGNMENT = 64;
    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '([<|][a-z]\\d)', 'fortran_order': (True|False), 'shape': \\(((?:\\d{1,9},? ?)*)\\), \\}\\s*");
    /** The first time that a zip can name. */
    private static final LocalDateTime FIRST_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int BUFFER = 1 << 16;

    private Npz() {}

    /** Writes a file that appears whole or not at all. */
    static final class Writer implements Closeable {
        private final Path file;
        private final Path unfinished;
        private final FileOutputStream out;
        private final ZipOutputStream zip;
        private boolean complete;

        Writer(Path file) throws IOException {
            this.file = file.toAbsolutePath();
            if (Files.isDirectory(file)) {
                throw new IOException(file + " is a folder; name a file in it");
            }
            unfinished =
                    this.file.resolveSibling("." + this.file.getFileName() + "." + UUID.randomUUID() + ".unfinished");
            try {
                out = new FileOutputStream(unfinished.toFile());
            } catch (FileNotFoundException e) {
                throw new IOException(
                        file + " cannot be written; name a file in a folder that is there and may be written to", e);
            }
            zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER));
            zip.setMethod(ZipOutputStream.STORED);
        }

        void floats(String name, List<Integer> shape, float[] values) throws IOException {
            ByteBuffer bytes =
                    ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            entry(name, "<f4", shape, bytes.array());
        }

        void text(String name, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            entry(name, "|u1", List.of(bytes.length), bytes);
        }

        private void entry(String name, String type, List<Integer> shape, byte[] data) throws IOException {
            byte[] header = header(type, shape);
            CRC32 crc = new CRC32();
            crc.update(header);
            crc.update(data);
            ZipEntry entry = new ZipEntry(name + ".npy");
            entry.setSize((long) header.length + data.length);
            entry.setCrc(crc.getValue());
            entry.setTimeLocal(FIRST_TIME); // the same model gives the same file
            zip.putNextEntry(entry);
            zip.write(header);
            zip.write(data);
            zip.closeEntry();
        }

        private static byte[] header(String type, List<Integer> shape) {
            String sizes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
            String comma = shape.size() == 1 ? "," : "";
            String dictionary = String.format(
                    Locale.ROOT, "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }", type, sizes, comma);
            int start = MAGIC.length + 2;
            int length = Math.ceilDiv(start + dictionary.length() + 1, ALIGNMENT) * ALIGNMENT - start;
            String padded = dictionary + " ".repeat(length - dictionary.length() - 1) + "\n";
            return ByteBuffer.allocate(start + length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(MAGIC)
                    .putShort((short) length)
                    .put(padded.getBytes(StandardCharsets.US_ASCII))
                    .array();
        }

        /** Puts the file in its place; without this call nothing is left of it. */
        void finish() throws IOException {
            zip.finish();
            zip.flush();
            out.getFD().sync();
            out.close();
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            complete = true;
        }

        @Override
        public void close() throws IOException {
            if (!complete) {
                out.close();
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /** Reads a file, array by array. */
    static final class Reader implements Closeable {
        private final Path file;
        private final ZipFile zip;

        Reader(Path file) throws IOException {
            this.file = file;
            try {
                zip = new ZipFile(file.toFile());
            } catch (ZipException e) {
                throw new ModelFileException(file, "it is no .npz file or was cut short (" + e.getMessage() + ")", e);
            }
        }

        /** Returns the names of the arrays. */
        List<String> names() {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .map(name -> name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name)
                    .toList();
        }

        /** Returns how many floats all arrays of the file can hold at the most: they take no more than the file. */
        long floats() throws IOException {
            return Files.size(file) / 4;
        }

        float[] floats(String name, List<Integer> shape) throws IOException {
            int n = shape.stream().reduce(1, Math::multiplyExact);
            float[] values = new float[n];
            byte[] data = read(name, "<f4", shape, 4L * n);
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
            return values;
        }

        String text(String name, int longest) throws IOException {
            return new String(read(name, "|u1", null, longest), StandardCharsets.UTF_8);
        }

        /** Reads the bytes of an array of a given shape, or of one dimension and at most so many bytes. */
        private byte[] read(String name, String type, List<Integer> shape, long bytes) throws IOException {
            ZipEntry entry = zip.getEntry(name + ".npy");
            if (entry == null) {
                throw new ModelFileException(file, "it holds no array \"" + name + "\"");
            }
            if (entry.getMethod() != ZipEntry.STORED) {
                throw new ModelFileException(
                        file, "\"" + name + "\" is compressed; write it with numpy.savez, not savez_compressed");
            }
            if (entry.getSize() > bytes + LONGEST_HEADER) {
                throw new ModelFileException(
                        file, "\"" + name + "\" takes " + entry.getSize() + " bytes, at most " + bytes + " fit");
            }
            try (InputStream stored = zip.getInputStream(entry);
                    CheckedInputStream checked = new CheckedInputStream(stored, new CRC32());
                    DataInputStream in = new DataInputStream(checked)) {
                List<Integer> sizes = sizes(in, name, type);
                if (shape != null ? !sizes.equals(shape) : sizes.size() != 1 || sizes.getFirst() > bytes) {
                    throw new ModelFileException(
                            file,
                            "\"" + name + "\" has the shape " + sizes + ", expected "
                                    + (shape == null ? "a text" : shape));
                }
                byte[] data = new byte[shape == null ? sizes.getFirst() : (int) bytes];
                in.readFully(data);
                if (in.read() >= 0 || checked.getChecksum().getValue() != entry.getCrc()) {
                    throw new ModelFileException(file, "\"" + name + "\" is damaged: its checksum is wrong");
                }
                return data;
            } catch (EOFException | ZipException e) {
                throw new ModelFileException(file, "\"" + name + "\" was cut short", e);
            }
        }

        private List<Integer> sizes(DataInputStream in, String name, String type) throws IOException {
            byte[] magic = new byte[MAGIC.length];
            in.readFully(magic);
            int length = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
            if (!Arrays.equals(magic, MAGIC) || length > LONGEST_HEADER) {
                throw new ModelFileException(file, "\"" + name + "\" is no array in the format .npy 1.0");
            }
            byte[] text = new byte[length];
            in.readFully(text);
            Matcher header = HEADER.matcher(new String(text, StandardCharsets.US_ASCII));
            if (!header.matches()
                    || !header.group(1).equals(type)
                    || header.group(2).equals("True")) {
                throw new ModelFileException(
                        file,
                        "\"" + name + "\" is not an array of " + type + " in C order: "
                                + new String(text, StandardCharsets.US_ASCII).strip());
            }
            return Pattern.compile("[, ]+")
                    .splitAsStream(header.group(3))
                    .filter(size -> !size.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
