package dev.ridgeline.experiments.select;

import dev.ridgeline.experiments.study.CsvText;
import java.util.List;
import java.util.Map;

/** The file {@code candidates.csv}: a line for each candidate. */
final class CandidatesCsv {
    private CandidatesCsv() {}

    static String of(List<Map<String, Object>> candidates) {
        return CsvText.of(csv -> {
            List<String> columns = candidates.getFirst().keySet().stream()
                    .filter(column -> !column.equals("settings"))
                    .toList();
            csv.writeRecord(columns);
            for (Map<String, Object> candidate : candidates) {
                csv.writeRecord(columns.stream()
                        .map(column -> cell(candidate.get(column)))
                        .toList());
            }
        });
    }

    /** Returns a value as text; what is not a number, because it does not apply, is empty. */
    private static String cell(Object value) {
        return value instanceof Double d && d.isNaN() ? "" : String.valueOf(value);
    }
}
