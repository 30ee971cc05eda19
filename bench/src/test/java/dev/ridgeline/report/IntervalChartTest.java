package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IntervalChartTest {
    @Test
    void placesIntervalsOnOneAxis() {
        String svg = new IntervalChart("overhead", " %")
                .group("iris")
                .interval("l1", "text", 5, 0, 10)
                .interval("dropout", "text", 15, 10, 20)
                .svg();
        // the axis takes 4 to 96 % of the width for 0 to 20
        assertTrue(svg.contains("class=\"interval unclear\" x1=\"4.00%\" x2=\"50.00%\""), svg);
        assertTrue(svg.contains("class=\"interval\" x1=\"50.00%\" x2=\"96.00%\""), svg);
        assertTrue(svg.contains("class=\"mean\" cx=\"73.00%\""), svg);
        assertTrue(svg.contains(">20 %</text>"), svg);
        assertTrue(svg.contains(">0</text>"), svg);
    }

    @Test
    void isDrawnWithoutAnyWidth() {
        String svg = new IntervalChart("", "").interval("a", "", 0, 0, 0).svg();
        assertFalse(svg.contains("NaN"), svg);
        assertTrue(svg.contains("50.00%"), svg);
    }

    @Test
    void ticksAreRoundNumbers() {
        assertEquals(1, IntervalChart.tickStep(0));
        assertEquals(2, IntervalChart.tickStep(1.4));
        assertEquals(5, IntervalChart.tickStep(5), 1e-12);
        assertEquals(0.1, IntervalChart.tickStep(0.06), 1e-12);
        assertEquals(100, IntervalChart.tickStep(51), 1e-12);
    }
}
