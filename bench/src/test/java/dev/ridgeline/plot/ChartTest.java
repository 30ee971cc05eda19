package dev.ridgeline.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
    private static final Axis EPOCHS = Axis.logarithmic("epoch", 1, 1000);
    private static final Axis ACCURACY = Axis.linear("accuracy <0..1>", 0, 1);

    @Test
    void theSvgIsWellFormedSmallAndDescribed() throws Exception {
        Document svg = parse(twoCurves(0.9, 0.2).svg(440, 280));
        Element root = svg.getDocumentElement();
        assertEquals("0 0 440 280", root.getAttribute("viewBox"));
        assertEquals("base & co: accuracy <0..1> over epoch", root.getAttribute("aria-label"));
        assertTrue(twoCurves(0.9, 0.2).svg(440, 280).length() < 20_000);
    }

    @Test
    void theSvgTakesItsColoursFromThePage() {
        String svg = twoCurves(0.9, 0.2).svg(440, 280);
        assertTrue(svg.contains("stroke=\"var(--series-1)\"") && svg.contains("stroke=\"var(--series-2)\""));
        assertFalse(svg.matches("(?s).*(#[0-9a-f]{3,6}|rgb\\().*"), "no colour of its own");
    }

    @Test
    void everyMarkLiesInsideTheDrawing() throws Exception {
        NodeList texts = parse(twoCurves(1, 1).svg(330, 250)).getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            double y = Double.parseDouble(text.getAttribute("y"));
            assertTrue(y >= Canvas.TEXT_SIZE - 2 && y <= 250, text.getTextContent() + " at " + y);
        }
    }

    @Test
    void namesOfCurvesThatEndTogetherDoNotOverlap() throws Exception {
        List<Double> apart = nameHeights(twoCurves(0.5, 0.51));
        assertTrue(Math.abs(apart.get(0) - apart.get(1)) >= Canvas.TEXT_SIZE, apart::toString);
        List<Double> free = nameHeights(twoCurves(0.9, 0.1));
        double plotHeight = 280 - 46 - 40;
        assertEquals(0.8 * plotHeight, free.get(1) - free.get(0), 0.2, "names stand where the curves end");
    }

    @Test
    void aSinglePointIsADot() {
        Chart chart = new Chart("one", EPOCHS, ACCURACY, List.of(Curve.ofEpochs("t", Ink.BLUE, new double[] {0.5})));
        assertTrue(chart.svg(440, 280).contains("h0\" fill=\"none\" stroke=\"var(--series-1)\""));
        assertTrue(Png.of("one", List.of(chart)).length > 0);
    }

    @Test
    void everyMarkIsDrawnInBothMedia() throws Exception {
        double[] v = {1, 10, 100};
        List<Mark> marks = List.of(
                Curve.line("a < b", Ink.GREEN, v, new double[] {0.1, Double.NaN, 0.3})
                        .in(Curve.Style.MARKED),
                new Points(
                        "points & co",
                        Ink.VIOLET,
                        Points.Shape.HOLLOW,
                        List.of(new Points.Point(10, 0.5).yBetween(0.4, 0.6).labelled("\"L1\""))),
                Points.dots("data", Ink.BROWN, v, new double[] {0.7, 0.8, 0.9}),
                new Bars("bars", Ink.MAGENTA, v, new double[] {0.2, 0.1}),
                Reference.between("slope", 1, 0, 1000, 1));
        Chart chart = new Chart("all", EPOCHS, ACCURACY, marks);
        String svg = chart.svg(440, 280);
        String text = parse(svg).getDocumentElement().getTextContent();
        for (String name : List.of("a < b", "points & co", "\"L1\"", "data", "bars", "slope")) {
            assertTrue(text.contains(name), name);
        }
        for (int series = 3; series <= 6; series++) {
            assertTrue(svg.contains("var(--series-" + series + ")"), "series " + series);
        }
        assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
        assertTrue(Png.of(chart).length > 0);
    }

    @Test
    void aTableOfItsOwnStandsBehindAFigureInsteadOfTheMarks() {
        String figure = twoCurves(0.9, 0.2).figure("caption", "<p>my table</p>");
        assertTrue(figure.contains("</summary>\n<p>my table</p></details>"), figure);
        assertFalse(figure.contains("<table"), figure);
    }

    @Test
    void aFigureHasTwoFormsAndTheDataBehindIt() throws Exception {
        List<Mark> marks = List.of(
                Curve.line("c", Ink.BLUE, new double[] {1, 10}, new double[] {0.25, Double.NaN})
                        .within(new double[] {0.125, 0}, new double[] {0.5, 1}),
                new Points("p", Ink.ORANGE, Points.Shape.DOT, List.of(new Points.Point(1500, 1e-9).labelled("l1"))),
                new Bars("b", Ink.GREEN, new double[] {1, 3}, new double[] {0.75}),
                Reference.vertical("stop", 22));
        String figure = new Chart("title", EPOCHS, ACCURACY, marks).figure("5 % & more");
        assertEquals(
                "5\u00a0% & more",
                parse(figure.replace("&nbsp;", "&#160;"))
                        .getElementsByTagName("figcaption")
                        .item(0)
                        .getTextContent());
        assertTrue(figure.contains("<div class=\"wide\"><svg") && figure.contains("<div class=\"narrow\"><svg"));
        NodeList rows = parse(figure.replace("&nbsp;", "&#160;")).getElementsByTagName("tr");
        assertEquals(
                List.of(
                        "of|epoch|from|to|accuracy <0..1>|from|to",
                        "c|1|||0.2500|0.1250|0.5000",
                        "c|10|||\u2013|0|1",
                        "p: l1|1,500|||1.000e-09||",
                        "b|2|1|3|0.7500||",
                        "stop|22|||\u2013||",
                        "stop|22|||\u2013||"),
                cells(rows));
        String panel = twoCurves(0.9, 0.1).panel();
        assertTrue(panel.contains("<summary>Data of \u201cbase &amp; co\u201d</summary>"), panel);
        assertTrue(panel.contains(">epoch</th><th scope=\"col\" class=\"number\">accuracy"), "no empty column");
    }

    private static List<String> cells(NodeList rows) {
        List<String> texts = new ArrayList<>();
        for (int r = 0; r < rows.getLength(); r++) {
            List<String> row = new ArrayList<>();
            for (int c = 0; c < rows.item(r).getChildNodes().getLength(); c++) {
                row.add(rows.item(r).getChildNodes().item(c).getTextContent());
            }
            texts.add(String.join("|", row));
        }
        return texts;
    }

    static Chart twoCurves(double first, double second) {
        return new Chart(
                "base & co",
                EPOCHS,
                ACCURACY,
                List.of(
                        Curve.ofEpochs("train", Ink.BLUE, constant(first)),
                        Curve.ofEpochs("validation", Ink.ORANGE, constant(second))));
    }

    private static double[] constant(double value) {
        double[] values = new double[1000];
        Arrays.fill(values, value);
        return values;
    }

    private static List<Double> nameHeights(Chart chart) throws Exception {
        NodeList texts = parse(chart.svg(440, 280)).getElementsByTagName("text");
        List<Double> heights = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            if (text.getTextContent().matches("train|validation")) {
                heights.add(Double.parseDouble(text.getAttribute("y")));
            }
        }
        return heights;
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
