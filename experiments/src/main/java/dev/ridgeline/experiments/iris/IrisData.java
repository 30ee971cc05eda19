package dev.ridgeline.experiments.iris;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.data.Standardizer;
import dev.ridgeline.experiments.data.StratifiedSplit;
import dev.ridgeline.kernel.RandomBits;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/**
 * Fisher's Iris flowers (UCI), split by species into rows to train on and rows to validate on, and standardised with what
 * the training rows say. The published split has 120 and 30 of them.
 *
 * @param train the rows to train on
 * @param validation the rows to validate on
 */
public record IrisData(Dataset train, Dataset validation) {
    /** The features, in centimetres. */
    public static final List<String> FEATURES = List.of("sepal length", "sepal width", "petal length", "petal width");

    /** The classes. */
    public static final List<String> SPECIES = List.of("setosa", "versicolor", "virginica");

    /** Reads data and the published split from this jar. */
    static IrisData load() {
        try (InputStream json = IrisData.class.getResourceAsStream("iris-split-42.json")) {
            Map<String, Object> split = JSON.std.mapFrom(json);
            return of(flowers(), new StratifiedSplit(rows(split, "train"), rows(split, "validation")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Draws a split, a function of the arguments alone.
     *
     * @param validation the share of the flowers to validate on, above 0 and below 1
     * @param seed the seed of the study
     * @param number which of its splits
     * @return the parts
     */
    public static IrisData draw(double validation, long seed, int number) {
        Dataset flowers = flowers();
        long key = RandomBits.key(seed, "split " + number);
        return of(flowers, StratifiedSplit.draw(flowers.labels(), flowers.classes(), validation, key));
    }

    /**
     * Returns both parts of a split.
     *
     * @param flowers the rows that the split is of
     * @param split which of them are in which part
     * @return the parts, standardised with what the training rows say
     */
    public static IrisData of(Dataset flowers, StratifiedSplit split) {
        Dataset train = flowers.select(split.train());
        Standardizer standardizer = Standardizer.fit(train);
        return new IrisData(standardizer.transform(train), standardizer.transform(flowers.select(split.validation())));
    }

    /**
     * Reads all flowers from this jar.
     *
     * @return 150 x 4, as measured
     */
    public static Dataset flowers() {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .ofCsvRecord(new InputStreamReader(
                        IrisData.class.getResourceAsStream("iris.csv"), StandardCharsets.UTF_8))) {
            List<CsvRecord> flowers = reader.stream().skip(1).toList(); // below the header
            int features = FEATURES.size();
            float[] x = new float[flowers.size() * features];
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.parseFloat(flowers.get(i / features).getField(i % features));
            }
            int[] labels = flowers.stream()
                    .mapToInt(flower -> SPECIES.indexOf(flower.getField(features)))
                    .toArray();
            return Dataset.classification(features, x, SPECIES.size(), labels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] rows(Map<String, Object> split, String part) {
        return ((List<?>) split.get(part))
                .stream().mapToInt(row -> (Integer) row).toArray();
    }
}
