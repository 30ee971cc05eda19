package dev.ridgeline.experiments.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * As much of a file as has come, on disk under a name of its own. Whatever fails here is the disk's fault, not the
 * network's, and ends the download.
 */
final class PartialFile {
    private static final int BUFFER = 1 << 16;

    private final Path whole;
    private final Path part;

    /** Names a file that may or may not be there, in part or whole. */
    PartialFile(Path whole) {
        this.whole = whole;
        part = whole.resolveSibling(whole.getFileName() + ".part");
    }

    /** Returns how many bytes have come. */
    long size() {
        try {
            return Files.size(part);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Adds bytes to the end. */
    void append(byte[] bytes, int n) {
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(bytes, 0, n);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Forgets what has come. */
    void discard() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Returns the digest of what has come. */
    String sha256() {
        return sha256(part);
    }

    /** Gives what has come the name of the whole file, in one step. */
    void complete() {
        try {
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private UncheckedIOException refusal(IOException e) {
        return new UncheckedIOException(
                "Cannot write \"" + part + "\": " + e.getMessage()
                        + "; make room there and try again, or name another folder with --cache",
                e);
    }

    /** Returns the SHA-256 of a file's content, in lower-case hexadecimal digits. */
    static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read \"" + file + "\": " + e.getMessage() + "; check disk and permissions", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
