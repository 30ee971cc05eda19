package dev.ridgeline.experiments.fashion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.plot.Bars;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightChartTest {
    private static WeightHistogram normal(double deviation) {
        Random random = new Random(1);
        float[] weights = new float[10_000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (deviation * random.nextGaussian());
        }
        return WeightHistogram.of(weights);
    }

    private static Bars bars(WeightChart chart, int mark) {
        return (Bars) chart.chart().marks().get(mark);
    }

    /** Of small and large weights alike: no more bars than can be told apart, almost all weights within them. */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.02, 0.06, 0.5, 2})
    void theBarsFitTheWeights(double deviation) {
        WeightChart chart = new WeightChart(normal(deviation), normal(deviation / 4));
        Bars without = bars(chart, 0);
        double shown = Arrays.stream(without.heights()).sum() / 100;
        assertTrue(shown >= WeightChart.SHOWN && shown <= 1 + 1e-12, "shows " + shown);
        assertTrue(without.heights().length <= 81, without.heights().length + " bars");
        assertEquals(-without.edges()[0], without.edges()[without.edges().length - 1], 1e-12, "0 is in the middle");
        assertEquals(chart.barWidth(), without.edges()[1] - without.edges()[0], 1e-12);
        assertEquals(chart.chart().x().max(), without.edges()[without.edges().length - 1], 1e-12);
        int middle = without.heights().length / 2;
        assertTrue(
                bars(chart, 1).heights()[middle] >= without.heights()[middle], "the smaller weights are nearer to 0");
    }

    @Test
    void theBarsAreNamed() {
        WeightChart chart = new WeightChart(normal(0.06), normal(0.02));
        assertEquals("baseline", bars(chart, 0).label());
        assertEquals("L2", bars(chart, 1).label());
        assertEquals(0.005, chart.barWidth());
    }
}
