package dev.ridgeline.experiments.study;

import dev.ridgeline.data.Dataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 digests, in lower-case hexadecimal digits: of what a study was given and of what came out. */
public final class Sha256 {
    /** How many numbers are copied at a time. */
    private static final int CHUNK = 1 << 14;

    private Sha256() {}

    /**
     * Returns the digest of some lines.
     *
     * @param lines the lines, without their ends
     * @return the digest of their UTF-8 bytes, each with a line feed
     */
    public static String ofLines(List<String> lines) {
        MessageDigest digest = digest();
        lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Returns the digest of data sets.
     *
     * @param sets the sets
     * @return the digest of their sizes, inputs and targets, little-endian, one set after the other
     */
    public static String of(Dataset... sets) {
        MessageDigest digest = digest();
        for (Dataset set : sets) {
            int[] labels = set.labels();
            float[] targets = set.targets();
            update(digest, set.rows(), set.features(), set.classes(), set.outputs());
            update(digest, set.x());
            if (labels != null) {
                update(digest, labels);
            }
            if (targets != null) {
                update(digest, targets);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Returns the digest of numbers.
     *
     * @param arrays the numbers
     * @return the digest of their bits, little-endian, one array after the other
     */
    public static String of(float[]... arrays) {
        MessageDigest digest = digest();
        for (float[] array : arrays) {
            update(digest, array);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        digest.update(bytes);
    }

    private static void update(MessageDigest digest, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK) {
            int n = Math.min(CHUNK, values.length - from);
            bytes.asFloatBuffer().put(values, from, n);
            digest.update(bytes.array(), 0, Float.BYTES * n);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
