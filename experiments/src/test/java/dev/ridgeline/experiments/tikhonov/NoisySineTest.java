package dev.ridgeline.experiments.tikhonov;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NoisySineTest {
    @Test
    void theRowsFillTheIntervalAndLieAboutTheSine() {
        Dataset rows = NoisySine.draw(10_000, 0.3, 5);
        double[] noise = IntStream.range(0, rows.rows())
                .mapToDouble(i -> rows.targets()[i] - Math.sin(rows.x()[i]))
                .toArray();
        double variance = IntStream.range(0, noise.length)
                .mapToDouble(i -> noise[i] * noise[i])
                .average()
                .orElseThrow();
        assertEquals(0.09, variance, 0.004);
        double mean = IntStream.range(0, noise.length)
                .mapToDouble(i -> rows.x()[i])
                .average()
                .orElseThrow();
        assertEquals(0, mean, 0.06);
        assertTrue(IntStream.range(0, rows.rows()).allMatch(i -> Math.abs(rows.x()[i]) <= Math.PI + 1e-6), "within ±π");
        assertArrayEquals(rows.x(), NoisySine.draw(10_000, 0.3, 5).x());
    }

    /** The generator begins alike for seeds in a row, if it is given them as they are. */
    @Test
    void seedsInARowHaveNothingInCommon() {
        double[] first = LongStream.range(42, 62)
                .mapToDouble(seed -> NoisySine.draw(1, 0.3, seed).x()[0])
                .sorted()
                .toArray();
        assertTrue(first[0] < -1 && first[19] > 1, "from " + first[0] + " to " + first[19]);
    }

    @Test
    void theTruthIsTheSineFromEndToEnd() {
        Dataset truth = NoisySine.truth();
        assertEquals((float) -Math.PI, truth.x()[0]);
        assertEquals((float) Math.PI, truth.x()[truth.rows() - 1]);
        assertEquals(0, truth.x()[100]);
        assertEquals(1, truth.targets()[150], 1e-6);
    }
}
