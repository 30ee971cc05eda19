package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void escapesEveryText() {
        String evil = "<b>\"a\" & 'b'</b>";
        String safe = "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;";
        assertEquals(safe, Page.escape(evil));
        String html = new Page(evil, evil)
                .section(
                        evil,
                        Page.paragraph(evil)
                                + Page.table(List.of(evil), List.of(List.of(evil)))
                                + Page.properties(Map.of(evil, evil))
                                + Page.details(evil, Page.panels(List.of(Page.figure("", evil))))
                                + Page.figure(
                                        new IntervalChart(evil, evil, 1)
                                                .group(evil, evil, 0)
                                                .interval(evil, evil, IntervalChart.Kind.EFFECT, 1, 1, 1)
                                                .html(),
                                        evil))
                .html();
        assertFalse(html.contains("<b>"), html);
        assertEquals(32, (html.length() - html.replace(safe, "").length()) / safe.length());
    }

    @Test
    void needsNoNetwork() {
        String html = new Page("t", "l").html();
        assertFalse(html.contains("http"), html);
        assertFalse(html.contains("src=") || html.contains("<link") || html.contains("@import"), html);
        assertTrue(html.contains("prefers-color-scheme: dark") && html.contains("@media print"), html);
        assertTrue(html.startsWith("<!DOCTYPE html>") && html.endsWith("</html>\n"), html);
    }

    @Test
    void setsColumnsOfNumbersFlushRight() {
        String html = Page.table(
                List.of("name", "count", "interval"),
                List.of(List.of("a", "1,000 \u00b1 2", "[-1.0, +2.0]"), List.of("b", "", "[+1.0, +2.0]")));
        assertTrue(
                html.contains("<th scope=\"col\">name</th><th scope=\"col\" class=\"number\">count</th>"
                        + "<th scope=\"col\" class=\"number\">interval</th>"),
                html);
        assertTrue(html.contains("<td>b</td><td class=\"number\"></td>"), html);
        assertTrue(html.startsWith("<div class=\"scroll\">"), html);
    }

    @Test
    void joinsListsByBlanks() {
        assertTrue(Page.properties(Map.of("flags", List.of("-a", "-b"))).contains("<td>-a -b</td>"));
    }

    @Test
    void aPageOfManySectionsBeginsWithLinksToThem() {
        Page page = new Page("t", "l").section("One", "").section("Two", "").section("Three", "");
        assertFalse(page.html().contains("<nav"));
        String html = page.section("Four & more", "").html();
        assertTrue(html.contains("<a href=\"#s4\">Four &amp; more</a>"), html);
        assertTrue(html.contains("<h2 id=\"s4\">Four &amp; more</h2>"), html);
    }

    @Test
    void whatIsClosedCanBeOpenedWithoutScript() {
        assertEquals(
                "<details>\n<summary>Data</summary>\n<p>x</p>\n</details>\n",
                Page.details("Data", Page.paragraph("x")));
    }

    @Test
    void aCaptionStandsBelowItsFigureAndTheDataBelowIt() {
        assertEquals(
                "<figure>\n<svg></svg>\n<figcaption>5&nbsp;% more</figcaption>\n<p>data</p></figure>\n",
                Page.figure("<svg></svg>", "5 % more", "<p>data</p>"));
        assertFalse(Page.figure("<svg></svg>", "").contains("figcaption"));
    }
}
