package dev.ridgeline.golden;

import static dev.ridgeline.golden.GoldenCase.list;
import static dev.ridgeline.golden.GoldenCase.number;
import static dev.ridgeline.golden.GoldenCase.string;

import dev.ridgeline.train.EarlyStopping;
import dev.ridgeline.train.Evaluation;
import dev.ridgeline.train.History;
import dev.ridgeline.train.Monitor;
import dev.ridgeline.train.StoppingOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The golden kind "earlystopping": when Keras stops on recorded values, and what it restores. Its epochs count from 0. */
final class GoldenStopping {
    private GoldenStopping() {}

    static void check(GoldenCase golden) {
        Map<String, Object> fields = golden.fields();
        String mode = string(fields, "mode");
        if (!mode.equals("min") && !mode.equals("max")) {
            throw GoldenTypes.unknown("mode", mode);
        }
        EarlyStopping policy = new EarlyStopping(
                new Monitor("value", mode.equals("max"), Evaluation::loss),
                (int) number(fields, "patience"),
                number(fields, "minDelta"),
                (int) number(fields, "startFromEpoch"),
                Boolean.TRUE.equals(fields.get("restoreBestWeights")));
        List<History.Epoch> epochs = new ArrayList<>();
        for (Object value : list(fields.get("values"))) {
            Evaluation validation = new Evaluation(((Number) value).doubleValue(), Double.NaN);
            epochs.add(new History.Epoch(epochs.size() + 1, new Evaluation(Double.NaN, Double.NaN), validation));
        }
        StoppingOutcome outcome = History.of(epochs).replay(policy);
        epoch(fields, "stoppedAtEpoch", outcome.stoppedAt());
        epoch(fields, "restoredEpoch", outcome.restored());
    }

    /** Compares an epoch that counts from 1, or 0 for none, with one that counts from 0, or null for none. */
    private static void epoch(Map<String, Object> fields, String name, int actual) {
        if (!fields.containsKey(name)) {
            throw new AssertionError("the case has no " + name);
        }
        double expected = fields.get(name) == null ? -1 : number(fields, name);
        Values.check(0, expected, actual - 1, name + " (-1 for none)");
    }
}
