package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.report.IntervalChart.Kind;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IntervalChartTest {
    private static IntervalChart chart() {
        return new IntervalChart("overhead", " %", 5);
    }

    private static String wide(String html) {
        return html.substring(0, html.indexOf("<div class=\"narrow\">"));
    }

    private static String narrow(String html) {
        return html.substring(html.indexOf("<div class=\"narrow\">"));
    }

    @Test
    void placesIntervalsOnOneAxisInBothForms() {
        String html = chart().group("iris", "floor", 0)
                .interval("l1", "+5 %", Kind.UNCLEAR, 5, 0, 10)
                .interval("dropout", "+15 %", Kind.EFFECT, 15, 10, 20)
                .html();
        // the axis takes 20 to 72 % of the width for 0 to 20, or 7 to 93 %
        assertTrue(wide(html).contains("class=\"interval unclear\" x1=\"20.00%\" x2=\"46.00%\""), html);
        assertTrue(wide(html).contains("class=\"mean\" cx=\"59.00%\""), html);
        assertTrue(narrow(html).contains("class=\"interval unclear\" x1=\"7.00%\" x2=\"50.00%\""), html);
        assertTrue(narrow(html).contains("class=\"interval\" x1=\"50.00%\" x2=\"93.00%\""), html);
        assertTrue(narrow(html).contains("class=\"mean\" cx=\"71.50%\""), html);
        for (String text : List.of(">20 %</text>", ">0</text>", ">+15 %</text>", ">floor</text>", ">iris</text>")) {
            assertTrue(wide(html).contains(text) && narrow(html).contains(text), text);
        }
    }

    /** The axis is from -5 to 15: the band of ±5 takes half of its 86 %, behind the two intervals of its group. */
    @Test
    void shadesTheBandOfAGroup() {
        String svg = narrow(chart().group("iris", "", 5)
                .interval("l1", "", Kind.EFFECT, 5, 0, 10)
                .interval("l2", "", Kind.EFFECT, 5, 0, 15)
                .group("mnist", "", 1)
                .interval("l1", "", Kind.EFFECT, 5, 0, 10)
                .html());
        assertTrue(svg.contains("<rect class=\"band\" x=\"7.00%\" width=\"43.00%\" y=\"40\" height=\"84\"/>"), svg);
        assertTrue(svg.contains("<rect class=\"band\" x=\"24.20%\" width=\"8.60%\" y=\"164\" height=\"42\"/>"), svg);
    }

    @Test
    void aSmallEffectIsSeenBesideALargeOne() {
        IntervalChart chart = chart().group("iris", "", 1)
                .interval("l1", "", Kind.WITHIN, 1, 0.5, 1.5)
                .interval("tikhonov", "", Kind.EFFECT, 400, 390, 410);
        assertTrue(chart.isBent());
        List<Double> means = Pattern.compile("cx=\"([0-9.]+)%")
                .matcher(narrow(chart.html()))
                .results()
                .map(match -> Double.parseDouble(match.group(1)))
                .toList();
        List<String> ticks = Pattern.compile("text-anchor=\"middle\">([^<]*)<")
                .matcher(narrow(chart.html()))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(List.of("0", "5 %", "20 %", "50 %", "100 %", "200 %"), ticks);
        assertTrue(means.get(0) > 10 && means.get(0) < 18, means::toString);
        assertTrue(means.get(1) > 91, means::toString);
        assertFalse(chart().interval("l1", "", Kind.EFFECT, 49, 48, 50).isBent());
    }

    @Test
    void numbersOfABentAxisStandApartOnBothSides() {
        String svg = wide(chart().interval("a", "", Kind.EFFECT, -60, -80, 900).html());
        List<Double> places = Pattern.compile("x=\"([0-9.]+)%\" y=\"\\d+\" text-anchor=\"middle\">")
                .matcher(svg)
                .results()
                .map((MatchResult match) -> Double.parseDouble(match.group(1)))
                .sorted()
                .toList();
        assertTrue(places.size() >= 5 && svg.contains(">-50 %<"), svg);
        for (int i = 1; i < places.size(); i++) {
            assertTrue(places.get(i) - places.get(i - 1) >= 0.12 * 52 - 0.01, places::toString);
        }
    }

    @Test
    void numbersBeyondAllReasonStayShort() {
        String svg = wide(chart().interval("a", "", Kind.UNCLEAR, 0, -5e6, 5e6).html());
        assertTrue(svg.contains(">-2e+05 %<") && !svg.contains("00,000"), svg);
    }

    @Test
    void aMeanIsHollowWhereNothingIsAdded() {
        assertTrue(chart().interval("l1", "", Kind.WITHIN, 0, -1, 1).html().contains("class=\"mean within\""));
    }

    @Test
    void isDrawnWithoutAnyWidth() {
        String html = chart().interval("a", "", Kind.UNCLEAR, 0, 0, 0).html();
        assertFalse(html.contains("NaN"), html);
        assertTrue(narrow(html).contains("50.00%"), html);
    }

    @Test
    void aLongNameStandsAboveItsInterval() {
        String near = wide(chart().interval("twenty letters, all", "", Kind.EFFECT, 1, 0, 2)
                .html());
        String far = chart().interval("more than twenty letters", "", Kind.EFFECT, 1, 0, 2)
                .html();
        assertFalse(near.contains("\"93.00%\""), near);
        assertEquals(narrow(far), wide(far).replace("\"wide\"", "\"narrow\"").strip());
    }

    @Test
    void anAxisWithoutALinearPartIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new IntervalChart("a", "", 0))
                .getMessage();
        assertEquals("Chart \"a\": linear up to 0.0; give a number above 0", message);
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
