package dev.ridgeline.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    @Test
    void linearTicksAreRoundAndEquallyPrecise() {
        assertEquals(List.of("0.2", "0.4", "0.6", "0.8", "1.0"), texts(Axis.linear("a", 0.2, 1)));
        assertEquals(List.of("-1.0", "-0.5", "0.0", "0.5", "1.0"), texts(Axis.linear("a", -1.2, 1.2)));
        assertEquals(List.of("0", "2,000", "4,000", "6,000", "8,000", "10,000"), texts(Axis.linear("a", 0, 1e4)));
    }

    @Test
    void logarithmicTicksArePowersOfTenAndFinerOnAShortAxis() {
        assertEquals(List.of("1", "10", "100", "1,000"), texts(Axis.logarithmic("a", 1, 2000)));
        assertEquals(List.of("0.5", "1", "2", "5"), texts(Axis.logarithmic("a", 0.4, 6)));
        assertEquals(List.of("1e-6", "0.0001", "0.01", "1"), texts(Axis.logarithmic("a", 1e-6, 10)));
    }

    @Test
    void anyRangeHasAFewTicksInside() {
        for (double width = 1e-6; width < 1e9; width *= 1.7) {
            List<Axis.Tick> ticks = Axis.linear("a", 3, 3 + width).ticks();
            assertTrue(ticks.size() >= 2 && ticks.size() <= 7, ticks::toString);
            assertTrue(ticks.getFirst().value() >= 3 - width * 1e-6, ticks::toString);
            assertTrue(ticks.getLast().value() <= 3 + width * (1 + 1e-6), ticks::toString);
        }
        for (double ratio = 4; ratio < 1e30; ratio *= 3.1) {
            List<Axis.Tick> ticks = Axis.logarithmic("a", 0.03, 0.03 * ratio).ticks();
            assertTrue(ticks.size() >= 2 && ticks.size() <= 7, ticks::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, 0 1 2 3 4",
        "4, 4, 0 1 2 3 4",
        "12, 12, 0 2 4 6 8 10 12",
        "13, 16, 0 5 10 15",
        "60, 60, 0 10 20 30 40 50 60"
    })
    void numbersOfThingsAreWhole(int most, double end, String texts) {
        Axis axis = Axis.counts("runs", most, 0);
        assertEquals(Axis.linear("runs", 0, end), axis);
        assertEquals(texts, String.join(" ", texts(axis)));
    }

    @Test
    void belowNumbersOfThingsThereIsRoomWithoutMarks() {
        for (int most = 0; most < 200; most++) {
            Axis axis = Axis.counts("runs", most, 0.15);
            assertTrue(axis.max() >= most && axis.min() == -0.15 * axis.max(), axis::toString);
            assertEquals("0", texts(axis).getFirst(), axis::toString);
        }
    }

    @Test
    void aReversedAxisBeginsWithItsGreatestValue() {
        Axis axis = Axis.logarithmic("a", 0.01, 100).reverse();
        assertEquals(0, axis.position(100));
        assertEquals(0, axis.position(1e9));
        assertEquals(0.5, axis.position(1), 1e-12);
        assertEquals(1, axis.position(0.01));
        assertEquals(1, axis.position(0));
        assertEquals(1.25, axis.beyond(0.001), 1e-12);
        assertTrue(Double.isNaN(axis.position(Double.NaN)));
        assertEquals(texts(Axis.logarithmic("a", 0.01, 100)), texts(axis));
        assertEquals(Axis.linear("a", 1, 2), Axis.linear("a", 1, 2).reverse().reverse());
    }

    @Test
    void aLogarithmicAxisTooShortForPowersHasLinearTicks() {
        assertEquals(List.of("0.36", "0.38", "0.40", "0.42"), texts(Axis.logarithmic("a", 0.35, 0.42)));
    }

    @Test
    void anAxisOverValuesHasAMarginAndIgnoresWhatCannotLieOnIt() {
        Axis linear = Axis.linear("a", DoubleStream.of(1, Double.NaN, 3, Double.POSITIVE_INFINITY));
        assertEquals(0.9, linear.min(), 1e-12);
        assertEquals(3.1, linear.max(), 1e-12);
        Axis decades = Axis.logarithmic("a", DoubleStream.of(-1, 0, 0.01, 1));
        assertEquals(0.01 * Math.pow(10, -0.1), decades.min(), 1e-12);
        assertEquals(Math.pow(10, 0.1), decades.max(), 1e-12);
        assertEquals(0.5, Axis.linear("a", DoubleStream.of(7)).position(7));
        assertEquals(0.5, Axis.logarithmic("a", DoubleStream.of(7)).position(7), 1e-12);
        String none = assertThrows(
                        IllegalArgumentException.class, () -> Axis.logarithmic("loss", DoubleStream.of(0, -1)))
                .getMessage();
        assertEquals("Axis \"loss\": no value is finite and above 0; give at least one, or the ends themselves", none);
        assertThrows(IllegalArgumentException.class, () -> Axis.linear("loss", DoubleStream.of(Double.NaN)));
    }

    @Test
    void positionsAreSharesOfTheAxisAndStayOnIt() {
        Axis linear = Axis.linear("a", 10, 20);
        assertEquals(0.25, linear.position(12.5), 1e-12);
        assertEquals(0, linear.position(-7));
        assertEquals(1, linear.position(99));
        Axis logarithmic = Axis.logarithmic("a", 0.01, 100);
        assertEquals(0.5, logarithmic.position(1), 1e-12);
        assertEquals(0, logarithmic.position(0));
    }

    @Test
    void theLanguageOfTheMachineDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(List.of("0.5", "1", "2", "5"), texts(Axis.logarithmic("a", 0.4, 6)));
            assertEquals("10,000", texts(Axis.linear("a", 0, 1e4)).getLast());
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, false", "2, 1, false", "NaN, 1, false", "0, Infinity, false", "0, 1, true", "-1, 1, true"})
    void anEmptyOrImpossibleRangeIsRefused(double min, double max, boolean logarithmic) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Axis("epoch", min, max, logarithmic, false));
        assertTrue(e.getMessage().startsWith("Axis \"epoch\": from " + min + " to " + max + "; it must ascend"));
    }

    private static List<String> texts(Axis axis) {
        return axis.ticks().stream().map(Axis.Tick::text).toList();
    }
}
