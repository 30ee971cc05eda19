package dev.ridgeline.experiments.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.ridgeline.train.History;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** The file {@code history.csv}: a line for each epoch of each model. */
public final class HistoryCsv {
    private HistoryCsv() {}

    /**
     * Returns the file's content.
     *
     * @param models the models, in this order
     * @return a header and the lines
     */
    public static String of(List<TrainedModel> models) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord("model", "epoch", "trainLoss", "trainAccuracy", "validationLoss", "validationAccuracy");
            for (TrainedModel model : models) {
                for (History.Epoch e : model.history().epochs()) {
                    csv.writeRecord(
                            model.name(),
                            Integer.toString(e.epoch()),
                            Double.toString(e.trainLoss()),
                            Double.toString(e.trainAccuracy()),
                            Double.toString(e.validationLoss()),
                            Double.toString(e.validationAccuracy()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
