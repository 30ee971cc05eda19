package dev.ridgeline.experiments.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** The content of a CSV file: cells quoted where they must be, a line feed after each line. */
public final class CsvText {
    private CsvText() {}

    /**
     * Returns what is written.
     *
     * @param lines writes the header and the lines
     * @return the file's content
     */
    public static String of(Consumer<CsvWriter> lines) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            lines.accept(csv);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes all that is written", e);
        }
        return text.toString();
    }
}
