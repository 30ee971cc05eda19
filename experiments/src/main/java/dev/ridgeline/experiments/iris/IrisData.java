package dev.ridgeline.experiments.iris;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.data.Shuffle;
import dev.ridgeline.data.Standardizer;
import dev.ridgeline.kernel.RandomBits;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.jr.ob.JSON;

/**
 * Fisher's Iris flowers (UCI), split by species into rows to train on and rows to validate, standardised with what the
 * training rows say. The published split has 120 and 30 of them.
 *
 * @param train the rows to train on
 * @param validation the rows to validate on
 */
public record IrisData(Dataset train, Dataset validation) {
    private static final List<String> SPECIES = List.of("setosa", "versicolor", "virginica");
    private static final int FEATURES = 4;

    /** Reads data and the published split from this jar. */
    static IrisData load() {
        try (InputStream json = IrisData.class.getResourceAsStream("iris-split-42.json")) {
            Map<String, Object> split = JSON.std.mapFrom(json);
            return of(flowers(), rows(split, "train"), rows(split, "validation"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Draws a split, a function of the arguments alone.
     *
     * @param validation the share of each species to validate on, above 0 and below 1
     * @param seed the seed of the study
     * @param number which of its splits
     * @return the parts
     */
    public static IrisData draw(double validation, long seed, int number) {
        Dataset flowers = flowers();
        int[] order = new int[flowers.rows()];
        new Shuffle(RandomBits.key(seed, "split " + number)).order(0, order);
        int wanted = (int) Math.round(validation * order.length / flowers.classes());
        int[] taken = new int[flowers.classes()];
        Map<Boolean, List<Integer>> parts = Arrays.stream(order)
                .boxed()
                .collect(Collectors.partitioningBy(row -> taken[flowers.labels()[row]]++ < wanted));
        return of(flowers, array(parts.get(false)), array(parts.get(true)));
    }

    private static IrisData of(Dataset flowers, int[] train, int[] validation) {
        Dataset rows = flowers.select(train);
        Standardizer standardizer = Standardizer.fit(rows);
        return new IrisData(standardizer.transform(rows), standardizer.transform(flowers.select(validation)));
    }

    private static Dataset flowers() {
        try (InputStream csv = IrisData.class.getResourceAsStream("iris.csv")) {
            return read(csv);
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
        return array((List<?>) split.get(part));
    }

    private static int[] array(List<?> rows) {
        return rows.stream().mapToInt(row -> (Integer) row).toArray();
    }
}
