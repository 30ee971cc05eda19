package dev.ridgeline.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What points, bars and references refuse, and how values are counted. */
class MarksTest {
    @Test
    void aHistogramCountsEachValueOnce() {
        Bars bars = Bars.histogram("w", Ink.BLUE, DoubleStream.of(-9, 0, 0.5, 1, 1.99, 2, 9, Double.NaN), 0, 2, 2);
        assertArrayEquals(new double[] {0, 1, 2}, bars.edges());
        assertArrayEquals(new double[] {3, 4}, bars.heights());
    }

    @Test
    void impossibleMarksAreRefused() {
        refused("Bars \"w\": 0 bins from 0.0 to 1.0; give at least one", () -> histogram(0, 1, 0));
        refused("Bars \"w\": 3 bins from 1.0 to 1.0", () -> histogram(1, 1, 3));
        double[] two = {1, 2};
        refused(
                "Bars \"w\": 2 heights and 2 edges; give at least one height, and one edge more",
                () -> new Bars("w", Ink.BLUE, two, two));
        refused(
                "Points \"p\": there is none; give at least one",
                () -> new Points("p", Ink.BLUE, Points.Shape.DOT, List.of()));
        refused(
                "Points \"p\": 2 x and 1 y; give as many of each",
                () -> Points.dots("p", Ink.BLUE, two, new double[1]));
        refused("Error bar from 3.0 to 2.0: the lower end comes first", () -> new Points.Point(0, 0).xBetween(3, 2));
        refused("Reference \"r\": from NaN", () -> Reference.vertical("r", Double.NaN));
    }

    private static void histogram(double min, double max, int bins) {
        Bars.histogram("w", Ink.BLUE, DoubleStream.of(0), min, max, bins);
    }

    private static void refused(String start, Executable made) {
        String message = assertThrows(IllegalArgumentException.class, made).getMessage();
        assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
    }
}
