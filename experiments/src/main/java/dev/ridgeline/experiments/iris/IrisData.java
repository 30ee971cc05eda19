package dev.ridgeline.experiments.iris;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.data.Standardizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/**
 * Fisher's Iris flowers (UCI), split into 120 rows to train on and 30 to validate, stratified by species, and
 * standardised with what the training rows say.
 *
 * @param train 120 x 4
 * @param validation 30 x 4
 */
record IrisData(Dataset train, Dataset validation) {
    private static final List<String> SPECIES = List.of("setosa", "versicolor", "virginica");
    private static final int FEATURES = 4;

    /** Reads data and split from this jar. */
    static IrisData load() {
        try (InputStream csv = IrisData.class.getResourceAsStream("iris.csv");
                InputStream json = IrisData.class.getResourceAsStream("iris-split-42.json")) {
            Dataset all = read(csv);
            Map<String, Object> split = JSON.std.mapFrom(json);
            Dataset train = all.select(rows(split, "train"));
            Standardizer standardizer = Standardizer.fit(train);
            return new IrisData(
                    standardizer.transform(train), standardizer.transform(all.select(rows(split, "validation"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dataset read(InputStream csv) throws IOException {
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().ofCsvRecord(new InputStreamReader(csv, StandardCharsets.UTF_8))) {
            List<CsvRecord> flowers = reader.stream().skip(1).toList(); // below the header
            float[] x = new float[flowers.size() * FEATURES];
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.parseFloat(flowers.get(i / FEATURES).getField(i % FEATURES));
            }
            int[] labels = flowers.stream()
                    .mapToInt(flower -> SPECIES.indexOf(flower.getField(FEATURES)))
                    .toArray();
            return Dataset.classification(FEATURES, x, SPECIES.size(), labels);
        }
    }

    private static int[] rows(Map<String, Object> split, String part) {
        return ((List<?>) split.get(part))
                .stream().mapToInt(row -> (Integer) row).toArray();
    }
}
