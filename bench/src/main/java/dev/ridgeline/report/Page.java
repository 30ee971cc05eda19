package dev.ridgeline.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One self-contained HTML page: no network, light and dark, fit for a phone and for print. A few lines of script let its
 * tables be sorted; all else works without. Charts inside it use {@code
 * currentColor} and the colours {@code var(--series-1)} to {@code var(--series-6)}, {@code var(--line)} and {@code
 * var(--soft)} of its style sheet.
 */
public final class Page {
    /** With fewer sections than this a page needs no list of them. */
    private static final int MANY = 4;

    private static final String NUMBER = "(\\[|< )?[-+\u2212]?\\d.*|[-+\u2212]|\u2013|";

    private final String title;
    private final String lead;
    private final List<String> headings = new ArrayList<>();
    private final StringBuilder sections = new StringBuilder();

    /**
     * Starts a page.
     *
     * @param title the title, as text
     * @param lead what stands first, as text: the answer; each line becomes a paragraph
     */
    public Page(String title, String lead) {
        this.title = title;
        this.lead = lead;
    }

    /**
     * Adds a section.
     *
     * @param heading the heading, as text
     * @param html the content, as HTML: what the helpers of this class return, one after the other
     * @return this
     */
    public Page section(String heading, String html) {
        headings.add(heading);
        sections.append("<section>\n<h2 id=\"s")
                .append(headings.size())
                .append("\">")
                .append(escape(heading))
                .append("</h2>\n")
                .append(html)
                .append("\n</section>\n");
        return this;
    }

    /**
     * Returns the page.
     *
     * @return the whole HTML document
     */
    public String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + escape(title) + "</title>\n<style>\n" + resource("page.css")
                + "</style>\n</head>\n<body>\n"
                + "<h1>" + escape(title) + "</h1>\n"
                + lead.lines()
                        .map(line -> "<p class=\"lead\">" + prose(line) + "</p>\n")
                        .collect(Collectors.joining())
                + contents() + sections + "<script>\n" + resource("page.js") + "</script>\n</body>\n</html>\n";
    }

    /** Links to the sections, where there are many. */
    private String contents() {
        if (headings.size() < MANY) {
            return "";
        }
        StringBuilder html = new StringBuilder("<nav aria-label=\"Contents\"><ul>\n");
        for (int i = 0; i < headings.size(); i++) {
            html.append("<li><a href=\"#s")
                    .append(i + 1)
                    .append("\">")
                    .append(escape(headings.get(i)))
                    .append("</a></li>\n");
        }
        return html.append("</ul></nav>\n").toString();
    }

    /**
     * Returns a text as it may stand in HTML, within an element or an attribute.
     *
     * @param text any text
     * @return the text with the characters that HTML reserves escaped
     */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * Returns a paragraph.
     *
     * @param text the text
     * @return its HTML
     */
    public static String paragraph(String text) {
        return "<p>" + prose(text) + "</p>\n";
    }

    /** Keeps the per cent sign on the line of its number. */
    private static String prose(String text) {
        return escape(text).replace(" %", "&nbsp;%");
    }

    /**
     * Returns a table, which scrolls in its own box where the page is too narrow. Columns of numbers are set flush right.
     * A click on a heading sorts by it.
     *
     * @param header the headings, as text
     * @param rows the cells, as text, each row as long as the header
     * @return its HTML
     */
    public static String table(List<String> header, List<? extends List<String>> rows) {
        List<String> classes = IntStream.range(0, header.size())
                .mapToObj(c -> rows.stream().allMatch(row -> row.get(c).matches(NUMBER)) ? " class=\"number\"" : "")
                .toList();
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table class=\"sortable\">\n<thead>");
        appendRow(html, "th", classes, header);
        html.append("</thead>\n<tbody>\n");
        rows.forEach(row -> appendRow(html, "td", classes, row));
        return html.append("</tbody>\n</table></div>\n").toString();
    }

    private static void appendRow(StringBuilder html, String tag, List<String> classes, List<String> cells) {
        html.append("<tr>");
        for (int c = 0; c < cells.size(); c++) {
            html.append('<')
                    .append(tag)
                    .append(tag.equals("th") ? " scope=\"col\"" : "")
                    .append(classes.get(c));
            html.append('>');
            html.append(escape(cells.get(c))).append("</").append(tag).append('>');
        }
        html.append("</tr>\n");
    }

    /**
     * Returns a table of names and values; long values wrap. Made for {@link Environment#toMap()}.
     *
     * @param properties the values by name; a list is joined by spaces
     * @return its HTML
     */
    public static String properties(Map<String, ?> properties) {
        return properties.entrySet().stream()
                .map(e -> "<tr><th scope=\"row\">" + escape(e.getKey()) + "</th><td>" + escape(text(e.getValue()))
                        + "</td></tr>\n")
                .collect(Collectors.joining(
                        "", "<div class=\"scroll\"><table class=\"wrap\">\n<tbody>\n", "</tbody>\n</table></div>\n"));
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                : String.valueOf(value);
    }

    /**
     * Returns a figure.
     *
     * @param svg an {@code <svg>} element
     * @param caption what it shows, as text
     * @return its HTML
     */
    public static String figure(String svg, String caption) {
        return figure(svg, caption, "");
    }

    /**
     * Returns a figure with something behind it.
     *
     * @param svg an {@code <svg>} element
     * @param caption what it shows, as text; may be empty
     * @param html what stands below the caption, as HTML: the {@link #details} of its data
     * @return its HTML
     */
    public static String figure(String svg, String caption, String html) {
        String text = caption.isEmpty() ? "" : "<figcaption>" + prose(caption) + "</figcaption>\n";
        return "<figure>\n" + svg + "\n" + text + html + "</figure>\n";
    }

    /**
     * Returns figures side by side, as many as there is room for.
     *
     * @param figures what {@link #figure} returned
     * @return their HTML
     */
    public static String panels(List<String> figures) {
        return "<div class=\"panels\">\n" + String.join("", figures) + "</div>\n";
    }

    /**
     * Returns something that is closed until the reader opens it. It is printed only if it is open.
     *
     * @param summary what it is, as text
     * @param html what it holds, as HTML
     * @return its HTML
     */
    public static String details(String summary, String html) {
        return "<details>\n<summary>" + escape(summary) + "</summary>\n" + html + "</details>\n";
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
