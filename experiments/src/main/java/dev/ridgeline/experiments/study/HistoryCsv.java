package dev.ridgeline.experiments.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.ridgeline.train.History;
import java.util.List;
import java.util.stream.Stream;

/** The file {@code history.csv}: a line for each epoch of each model. */
public final class HistoryCsv {
    private static final List<String> HEADER =
            List.of("model", "epoch", "trainLoss", "trainAccuracy", "validationLoss", "validationAccuracy");

    private HistoryCsv() {}

    /**
     * Returns the file's content.
     *
     * @param models the models, in this order
     * @return a header and the lines
     */
    public static String of(List<TrainedModel> models) {
        return CsvText.of(csv -> {
            csv.writeRecord(HEADER);
            models.forEach(model -> write(csv, model, List.of()));
        });
    }

    /**
     * Returns the file's content for models that were trained several times: each line ends with split and seed.
     *
     * @param runs the runs, in their order
     * @return a header and the lines
     */
    public static String of(RepeatedRuns runs) {
        return CsvText.of(csv -> {
            csv.writeRecord(with(HEADER, List.of("split", "seed")));
            for (int split = 0; split < runs.splits(); split++) {
                for (int seed = 0; seed < runs.seeds(); seed++) {
                    List<String> place = List.of(Integer.toString(split), Long.toString(runs.seed(split, seed)));
                    for (int model = 0; model < runs.models(); model++) {
                        write(csv, runs.run(model, split, seed), place);
                    }
                }
            }
        });
    }

    private static void write(CsvWriter csv, TrainedModel model, List<String> place) {
        for (History.Epoch e : model.history().epochs()) {
            List<String> line = List.of(
                    model.name(),
                    Integer.toString(e.epoch()),
                    Double.toString(e.trainLoss()),
                    Double.toString(e.trainAccuracy()),
                    Double.toString(e.validationLoss()),
                    Double.toString(e.validationAccuracy()));
            csv.writeRecord(place.isEmpty() ? line : with(line, place));
        }
    }

    private static List<String> with(List<String> line, List<String> more) {
        return Stream.concat(line.stream(), more.stream()).toList();
    }
}
