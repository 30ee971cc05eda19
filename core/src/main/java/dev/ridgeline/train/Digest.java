package dev.ridgeline.train;

import dev.ridgeline.layer.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of tensors, as {@link Model#digest} states it. */
final class Digest {
    private Digest() {}

    static String of(List<Parameter> parameters) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Parameter p : parameters) {
                ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, p.value().length))
                        .order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(p.value());
                sha.update(bytes);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
