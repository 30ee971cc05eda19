package dev.ridgeline.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text file in UTF-8, read whole. What is no such text is refused, with what it seems to be and the remedy. */
final class TextFile {
    /** The size above which a file is refused: 100 MB. */
    static final int MOST_BYTES = 100_000_000;

    private static final String UTF_8 = "; save it as UTF-8, for example with: iconv -t UTF-8 -f ";

    private TextFile() {}

    /**
     * Reads a file.
     *
     * @return its text, without a byte order mark
     * @throws IllegalArgumentException if it is not there, too large, binary, or in another encoding
     */
    static String read(Path file) {
        String name = "\"" + file + "\"";
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(name + " is a folder; name a CSV file");
        }
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("There is no file " + name + " (looked for at "
                    + file.toAbsolutePath().normalize() + "); check the path");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("Cannot read " + name + ": access denied; check its permissions", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + ": " + e.getMessage(), e);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(name + " is larger than " + MOST_BYTES / 1_000_000
                    + " MB; give a sample of its rows, for example with: shuf -n 100000, its header put in front");
        }
        refuseOtherFormats(name, bytes);
        return decode(name, bytes);
    }

    private static void refuseOtherFormats(String name, byte[] bytes) {
        if (startsWith(bytes, 'P', 'K', 3, 4)) {
            throw new IllegalArgumentException(
                    name + " is a ZIP archive or an Excel workbook; unpack it, or save the sheet as CSV");
        }
        if (startsWith(bytes, 0x1F, 0x8B)) {
            throw new IllegalArgumentException(name + " is compressed with gzip; unpack it first, with gunzip");
        }
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            throw new IllegalArgumentException(name + " is in UTF-16" + UTF_8 + "UTF-16");
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw new IllegalArgumentException(name + " is no text: byte " + (i + 1) + ", in line " + line(bytes, i)
                        + ", is zero; give a CSV file in UTF-8");
            }
        }
    }

    private static boolean startsWith(byte[] bytes, int... signature) {
        if (bytes.length < signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if ((bytes[i] & 0xFF) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    private static String decode(String name, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) { // a malformed byte, or this very character in the file
            int wrong = firstMalformed(bytes);
            if (wrong < bytes.length) {
                throw new IllegalArgumentException("%s is not in UTF-8: byte 0x%02X in line %d"
                                .formatted(name, bytes[wrong] & 0xFF, line(bytes, wrong))
                        + UTF_8 + "WINDOWS-1252");
            }
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Returns where the first byte stands that is not UTF-8; the length if there is none. */
    private static int firstMalformed(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(8192);
        while (decoder.decode(in, out, true).isOverflow()) {
            out.clear();
        }
        return in.position();
    }

    private static int line(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
