package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IntervalChartTest {
    @Test
    void placesIntervalsOnOneAxis() {
        String svg = new IntervalChart("overhead", " %")
                .group("iris", 0)
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

    /** The axis is from -5 to 15: the band of ±5 takes half of its 92 %, behind the two intervals of its group. */
    @Test
    void shadesTheBandOfAGroup() {
        String svg = new IntervalChart("", " %")
                .group("iris", 5)
                .interval("l1", "", 5, 0, 10)
                .interval("l2", "", 5, 0, 15)
                .group("mnist", 1)
                .interval("l1", "", 5, 0, 10)
                .svg();
        assertTrue(svg.contains("<rect class=\"band\" x=\"4.00%\" width=\"46.00%\" y=\"36\" height=\"84\"/>"), svg);
        assertTrue(svg.contains("<rect class=\"band\" x=\"22.40%\" width=\"9.20%\" y=\"156\" height=\"42\"/>"), svg);
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
