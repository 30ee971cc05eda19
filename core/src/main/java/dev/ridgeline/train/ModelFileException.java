package dev.ridgeline.train;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file that is no model, is damaged, or holds another model than the one it is to be read into. */
public final class ModelFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    ModelFileException(Path file, String reason) {
        this(file, reason, null);
    }

    ModelFileException(Path file, String reason, Exception cause) {
        super(file + ": " + reason, cause);
    }
}
