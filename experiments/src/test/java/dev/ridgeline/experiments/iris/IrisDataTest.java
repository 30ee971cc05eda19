package dev.ridgeline.experiments.iris;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IrisDataTest {
    private final IrisData data = IrisData.load();

    @Test
    void theSplitIsStratified() {
        assertArrayEquals(new int[] {40, 40, 40}, counts(data.train()));
        assertArrayEquals(new int[] {10, 10, 10}, counts(data.validation()));
    }

    /** Rows 8, 106 and 76 of the file come first in the split: setosa, virginica, versicolor. */
    @Test
    void theRowsComeInTheOrderOfTheSplit() {
        assertArrayEquals(new int[] {0, 2, 1}, Arrays.copyOf(data.train().labels(), 3));
        // sepal lengths 4.4 and 4.9 of these two; the standardised ones differ by 0.5 deviations of that feature
        float difference = data.train().x()[4] - data.train().x()[0];
        assertEquals(0.5 / 0.82, difference, 0.02);
    }

    @Test
    void theTrainingRowsAloneSetTheScale() {
        for (int feature = 0; feature < 4; feature++) {
            assertEquals(0, mean(data.train(), feature), 1e-6);
            assertEquals(1, meanSquare(data.train(), feature), 1e-6);
            assertNotEquals(0, mean(data.validation(), feature), 1e-3);
        }
    }

    @Test
    void theSourceIsNamedBesideTheData() throws Exception {
        try (InputStream in = IrisData.class.getResourceAsStream("ATTRIBUTION.txt")) {
            assertNotNull(in);
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(text.contains("UCI Machine Learning Repository") && text.contains("licenses/by/4.0"));
        }
    }

    @Test
    void aDrawnSplitIsLikeThePublishedOne() {
        IrisData drawn = IrisData.draw(0.2, 42, 1);
        assertArrayEquals(new int[] {40, 40, 40}, counts(drawn.train()));
        assertArrayEquals(new int[] {10, 10, 10}, counts(drawn.validation()));
        assertEquals(0, mean(drawn.train(), 2), 1e-6);
        assertNotEquals(mean(IrisData.draw(0.2, 42, 2).validation(), 0), mean(drawn.validation(), 0), 1e-6);
        assertNotEquals(mean(IrisData.draw(0.2, 43, 1).validation(), 0), mean(drawn.validation(), 0), 1e-6);
    }

    private static int[] counts(Dataset set) {
        int[] counts = new int[set.classes()];
        for (int label : set.labels()) {
            counts[label]++;
        }
        return counts;
    }

    private static double mean(Dataset set, int feature) {
        double sum = 0;
        for (int row = 0; row < set.rows(); row++) {
            sum += set.x()[row * set.features() + feature];
        }
        return sum / set.rows();
    }

    private static double meanSquare(Dataset set, int feature) {
        double sum = 0;
        for (int row = 0; row < set.rows(); row++) {
            double x = set.x()[row * set.features() + feature];
            sum += x * x;
        }
        return sum / set.rows();
    }
}
