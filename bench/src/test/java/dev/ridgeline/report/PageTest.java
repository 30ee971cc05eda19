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
                                + Page.figure(
                                        new IntervalChart(evil, evil)
                                                .group(evil, 0)
                                                .svg(),
                                        evil))
                .html();
        assertFalse(html.contains("<b>"), html);
        assertEquals(12, (html.length() - html.replace(safe, "").length()) / safe.length());
    }

    @Test
    void needsNoNetwork() {
        String html = new Page("t", "l").html();
        assertFalse(html.contains("http"), html);
        assertFalse(html.contains("<script") || html.contains("<link") || html.contains("@import"), html);
        assertTrue(html.contains("prefers-color-scheme: dark") && html.contains("@media print"), html);
        assertTrue(html.startsWith("<!DOCTYPE html>") && html.endsWith("</html>\n"), html);
    }

    @Test
    void setsColumnsOfNumbersFlushRight() {
        String html = Page.table(
                List.of("name", "count", "interval"),
                List.of(List.of("a", "1,000 \u00b1 2", "[-1.0, +2.0]"), List.of("b", "", "[+1.0, +2.0]")));
        assertTrue(
                html.contains("<th>name</th><th class=\"number\">count</th><th class=\"number\">interval</th>"), html);
        assertTrue(html.contains("<td>b</td><td class=\"number\"></td>"), html);
        assertTrue(html.startsWith("<div class=\"scroll\">"), html);
    }

    @Test
    void joinsListsByBlanks() {
        assertTrue(Page.properties(Map.of("flags", List.of("-a", "-b"))).contains("<td>-a -b</td>"));
    }
}
