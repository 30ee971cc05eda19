package dev.ridgeline.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Results cannot be written. The message names the folder, the reason and the remedy. */
public final class OutputException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    OutputException(Path path, String reason, String remedy, IOException cause) {
        super("Cannot write to \"" + path + "\": " + reason + "; " + remedy, cause);
    }
}
