package dev.ridgeline.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.data.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessingTest {
    @TempDir
    private Path folder;

    private final int[] train = IntStream.range(0, 20).toArray();

    @Test
    void theTrainingRowsGetMeanZeroAndDeviationOne() throws Exception {
        Table table = table(i -> i * i + "," + (i % 3 == 0 ? "p" : "q") + "," + (100 + 7 * i));
        Dataset data = Preprocessing.fit(table, train).transform(train);
        for (int j = 0; j < 2; j++) {
            double[] z = column(data, j);
            assertEquals(0, Arrays.stream(z).average().orElseThrow(), 1e-6);
            assertEquals(1, Arrays.stream(z).map(v -> v * v).average().orElseThrow(), 1e-6);
        }
        double mean = IntStream.range(0, 20)
                .mapToDouble(i -> data.targets()[i])
                .average()
                .orElseThrow();
        assertEquals(0, mean, 1e-6);
    }

    /** Whatever stands in the rows that judge, what the training rows become is the same. */
    @Test
    void nothingLeaksFromOtherRows() throws Exception {
        Table plain = table(i -> (i == 4 ? "" : i * i) + "," + (i == 5 ? "" : i % 3 == 0 ? "p" : "q") + "," + 7 * i);
        Table other = table(i -> i < 20
                ? (i == 4 ? "" : i * i) + "," + (i == 5 ? "" : i % 3 == 0 ? "p" : "q") + "," + 7 * i
                : 1e6 * i + ",p," + -1e6 * i);
        Preprocessing one = Preprocessing.fit(plain, train);
        Preprocessing two = Preprocessing.fit(other, train);
        assertArrayEquals(one.transform(train).x(), two.transform(train).x());
        assertArrayEquals(one.transform(train).targets(), two.transform(train).targets());
        assertEquals(one.targetDeviation(), two.targetDeviation());
        double mean = IntStream.range(0, 20)
                .filter(i -> i != 4)
                .map(i -> i * i)
                .average()
                .orElseThrow();
        double deviation = Math.sqrt(IntStream.range(0, 20)
                .mapToDouble(i -> i == 4 ? 0 : i * i - mean)
                .map(d -> d * d)
                .average()
                .orElseThrow());
        assertEquals((20e6 - mean) / deviation, two.transform(20).x()[0], 1e-2, "scaled as the training rows are");
    }

    @Test
    void anErrorOfTheScaledTargetGoesBackToItsUnit() throws Exception {
        Table table = table(i -> i * i + ",p" + i % 2 + "," + (100 + 7 * i));
        Preprocessing fitted = Preprocessing.fit(table, train);
        Dataset data = fitted.transform(3, 8);
        assertEquals(5 * 7, (data.targets()[1] - data.targets()[0]) * fitted.targetDeviation(), 1e-4);
    }

    /** A feature that no training row varies would divide by zero; a value new to it has taught the model nothing. */
    @Test
    void whatIsConstantInTheTrainingRowsSaysNothing() throws Exception {
        Table table = table(i -> (i < 20 ? 0.1 : 5) + "," + (i < 20 ? "p" : "q") + "," + 7 * i);
        assertArrayEquals(
                new float[4], Preprocessing.fit(table, train).transform(0, 22).x(), 1e-30f);
    }

    /** Seconds since 1970 differ by less than a float of their size can tell. */
    @Test
    void smallDifferencesOfLargeNumbersSurvive() throws Exception {
        Table table = table(i -> 1_700_000_000L + i % 7 + ",p" + i % 2 + "," + 7 * i);
        float[] x = Preprocessing.fit(table, train).transform(train).x();
        assertEquals(
                7, IntStream.range(0, 20).mapToObj(i -> x[2 * i]).distinct().count());
    }

    private static double[] column(Dataset data, int j) {
        return IntStream.range(0, data.rows())
                .mapToDouble(r -> data.x()[r * data.features() + j])
                .toArray();
    }

    private Table table(java.util.function.IntFunction<String> row) throws Exception {
        StringBuilder csv = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 25; i++) {
            csv.append(row.apply(i)).append('\n');
        }
        Path file = Files.writeString(folder.resolve("t.csv"), csv);
        return Table.read(file, "y", Task.REGRESSION, Set.of(), Set.of());
    }
}
