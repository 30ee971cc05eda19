package dev.ridgeline.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.plot.Points.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where marks are drawn: between the corners (48, 46) and (448, 246). */
class DrawingTest {
    private static final double TINY = 1e-9;
    private static final Axis X = Axis.linear("x", 0, 10);
    private static final Axis Y = Axis.linear("y", -1, 1);

    private static RecordingCanvas draw(Axis x, Axis y, Mark... marks) {
        return RecordingCanvas.of(new Chart("title", x, y, List.of(marks)));
    }

    @Test
    void pointsAndTheirErrorBarsLieWhereTheAxesSay() {
        Point point = new Point(2.5, 0.5).xBetween(2, 4).yBetween(-0.5, 7);
        RecordingCanvas canvas = draw(X, Y, new Points("", Ink.ORANGE, Points.Shape.FILLED, List.of(point)));
        RecordingCanvas.Area marker = canvas.areas.getFirst();
        assertEquals(148, marker.centreX(), 0.01);
        assertEquals(96, marker.centreY(), 0.01);
        List<RecordingCanvas.Line> bars = canvas.lines(Ink.ORANGE);
        assertTrue(bars.get(0).joins(128, 96, 208, 96), "horizontal bar");
        assertTrue(bars.get(1).joins(128, 92, 128, 100) && bars.get(2).joins(208, 92, 208, 100), "its caps");
        assertTrue(bars.get(3).joins(148, 196, 148, 46), "vertical bar, to the edge");
        assertTrue(bars.get(4).joins(144, 196, 152, 196), "the cap of its lower end");
        assertEquals(5, bars.size(), "no cap where the bar leaves the chart");
    }

    @Test
    void aDecadeIsAsWideAnywhereOnALogarithmicAxis() {
        double[] v = {1, 10, 100};
        RecordingCanvas canvas =
                draw(Axis.logarithmic("x", 0.1, 1000), Axis.logarithmic("y", 1, 100), Curve.line("", Ink.BLUE, v, v));
        RecordingCanvas.Line line = canvas.lines(Ink.BLUE).getFirst();
        assertArrayEquals(new double[] {148, 248, 348}, line.x(), TINY);
        assertArrayEquals(new double[] {246, 146, 46}, line.y(), TINY);
    }

    @Test
    void aGapEndsALineAndItsBandAndStartsThemAnew() {
        double[] x = {0, 1, 2, 3, 4, 5};
        double[] y = {0, 0, Double.NaN, 0, 0, 0};
        double[] low = {-1, -1, -1, -1, -1, Double.NaN};
        Curve curve = Curve.line("", Ink.BLUE, x, y).within(low, x);
        RecordingCanvas canvas = draw(X, Y, curve);
        List<RecordingCanvas.Line> lines = canvas.lines(Ink.BLUE);
        assertEquals(2, lines.size());
        assertArrayEquals(new double[] {48, 88}, lines.get(0).x(), TINY);
        assertArrayEquals(new double[] {168, 208, 248}, lines.get(1).x(), TINY);
        assertEquals(1, canvas.areas.size());
        assertEquals(10, canvas.areas.getFirst().x().length, "five positions there and back");
    }

    @Test
    void onlyLinesWithABandHaveOneAndOnlyMarkedOnesMarkers() {
        double[] v = {0, 0.5};
        assertTrue(draw(X, Y, Curve.line("", Ink.BLUE, v, v)).areas.isEmpty());
        RecordingCanvas marked = draw(X, Y, Curve.line("", Ink.BLUE, v, v).in(Curve.Style.MARKED));
        assertEquals(2, marked.areas.size());
        assertEquals(1, marked.areas.getFirst().opacity());
        RecordingCanvas dashed = draw(X, Y, Curve.line("", Ink.BLUE, v, v).in(Curve.Style.DASHED));
        assertTrue(dashed.lines(Ink.BLUE).getFirst().dashed());
    }

    @Test
    void dotsAreNotConnected() {
        double[] x = {1, 2, 3};
        RecordingCanvas canvas = draw(X, Y, Points.dots("", Ink.BLUE, x, new double[] {0, Double.NaN, 0.5}));
        assertEquals(2, canvas.lines(Ink.BLUE).size(), "a dot for each, none for NaN");
        assertArrayEquals(new double[] {88}, canvas.lines(Ink.BLUE).getFirst().x(), TINY);
    }

    @Test
    void barsStandOnZeroBetweenTheirEdges() {
        Bars bars = new Bars("", Ink.BLUE, new double[] {2, 3, 4}, new double[] {1, 0.5});
        RecordingCanvas.Area area = draw(X, Y, bars).areas.getFirst();
        assertArrayEquals(new double[] {128, 128, 168, 168, 208, 208}, area.x(), TINY);
        assertArrayEquals(new double[] {146, 46, 46, 96, 96, 146}, area.y(), TINY);
        assertTrue(area.opacity() < 1, "what lies behind shows");
    }

    @Test
    void referencesAreCutAtTheAxesAndPowerLawsAreStraight() {
        RecordingCanvas.Line vertical = draw(X, Y, Reference.vertical("stop", 5)).lines.stream()
                .filter(RecordingCanvas.Line::dashed)
                .findFirst()
                .orElseThrow();
        assertTrue(vertical.joins(248, 246, 248, 46) || vertical.joins(248, 46, 248, 246));
        Axis decades = Axis.logarithmic("x", 1, 100);
        List<RecordingCanvas.Line> slope =
                draw(decades, decades, Reference.between("-1", 1e-3, 1e4, 1e4, 1e-3)).lines.stream()
                        .filter(RecordingCanvas.Line::dashed)
                        .toList();
        // y = 10/x goes from (1, 10) to (10, 1)
        assertTrue(slope.getFirst().joins(48, 146, 248, 246), "slope -1 on log-log axes");
        assertTrue(draw(X, Y, Reference.horizontal("far", 3)).lines.stream().noneMatch(RecordingCanvas.Line::dashed));
        assertTrue(draw(X, Y, Reference.horizontal("far", 3)).texts.stream()
                .noneMatch(t -> t.text().equals("far")));
    }

    @Test
    void theNameOfASlopingReferenceIsTurnedAlongIt() {
        RecordingCanvas canvas = draw(X, Y, Reference.between("roof", 0, -1, 10, 1));
        assertEquals(-Math.toDegrees(Math.atan2(200, 400)), canvas.text("roof").degrees(), 1e-6);
        assertEquals(0, draw(X, Y, Reference.vertical("stop", 5)).text("stop").degrees());
    }

    @Test
    void aNameStandsBesideTheAxesIfItsLineEndsThereAndElseAtItsEnd() {
        double[] y = {0.5, 0.5};
        RecordingCanvas canvas = draw(
                X,
                Y,
                Curve.line("whole", Ink.BLUE, new double[] {0, 10}, y),
                Curve.line("half", Ink.ORANGE, new double[] {0, 5}, new double[] {-0.5, -0.5}));
        double plotRight = canvas.lines(Ink.BLUE).getFirst().x()[1];
        assertTrue(canvas.text("whole").x() > plotRight);
        assertEquals(96 + Labels.BASELINE, canvas.text("whole").y(), TINY);
        RecordingCanvas.Text half = canvas.text("half");
        double end = canvas.lines(Ink.ORANGE).getFirst().x()[1];
        assertEquals(end + 7, half.box(true).left(), 0.1, "right of the end");
        assertEquals(196 + Labels.BASELINE, half.y(), 0.1, "level with it");
    }

    @Test
    void namesOfManyLinesThatEndTogetherNeitherOverlapNorLeaveTheChart() {
        Mark[] marks = IntStream.range(0, 6)
                .mapToObj(i -> Curve.line(
                        "series " + i, Ink.ofSeries(i), new double[] {0, 10}, new double[] {0, 0.99 + i / 1e3}))
                .toArray(Mark[]::new);
        assertApart(draw(X, Y, marks), "series .", true);
    }

    @Test
    void labelsOfPointsCloseTogetherDoNotOverlap() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double y = 0.02 * (i % 5);
            points.add(
                    new Point(5 + 0.1 * i, y).yBetween(y - 0.1, y + 0.1).labelled("regularizer " + (char) ('a' + i)));
        }
        assertApart(draw(X, Y, new Points("", Ink.BLUE, Points.Shape.FILLED, points)), "regularizer .", false);
    }

    private static void assertApart(RecordingCanvas canvas, String pattern, boolean bold) {
        List<Labels.Box> boxes = canvas.texts.stream()
                .filter(t -> t.text().matches(pattern))
                .map(t -> t.box(bold))
                .toList();
        assertTrue(boxes.size() >= 6);
        for (int i = 0; i < boxes.size(); i++) {
            Labels.Box box = boxes.get(i);
            assertTrue(box.top() >= 46 - Labels.HEIGHT / 2 && box.bottom() <= 246 + Labels.HEIGHT / 2, box::toString);
            for (int j = 0; j < i; j++) {
                Labels.Box other = boxes.get(j);
                boolean apart = box.top() >= other.bottom() - 0.01
                        || other.top() >= box.bottom() - 0.01
                        || box.left() >= other.right() - 0.01
                        || other.left() >= box.right() - 0.01;
                assertTrue(apart, box + " and " + other);
            }
        }
    }

    @Test
    void aLabelKeepsOffTheLineOfAnotherMark() {
        Curve wall = Curve.line("", Ink.ORANGE, new double[] {5, 5.5}, new double[] {-0.9, 0.9});
        Points point = new Points("", Ink.BLUE, Points.Shape.FILLED, List.of(new Point(5, 0).labelled("here")));
        Labels.Box box = draw(X, Y, wall, point).text("here").box(false);
        assertTrue(box.right() < 248, "left of its point, as the line is to the right: " + box);
    }

    @Test
    void ticksThatDoNotFitSideBySideAreWrittenAtEqualDistances() {
        List<String> texts = draw(Axis.linear("x", 0, 6_000_000), Y).texts.stream()
                .map(RecordingCanvas.Text::text)
                .filter(t -> t.matches("[0-9],?[0-9,]*"))
                .toList();
        assertEquals(List.of("0", "2,000,000", "4,000,000", "6,000,000"), texts.subList(0, 4));
        RecordingCanvas narrow = new RecordingCanvas();
        new Chart("", Axis.linear("x", 0, 6_000_000), Y, List.of()).draw(narrow, 264, 286);
        List<String> fewer = narrow.texts.stream()
                .map(RecordingCanvas.Text::text)
                .filter(t -> t.matches("0|[0-9],000,000"))
                .toList();
        assertEquals(List.of("0", "3,000,000", "6,000,000"), fewer);
    }

    @Test
    void aLineWithoutAnyNumberIsNotNamed() {
        double[] nothing = {Double.NaN, Double.NaN};
        RecordingCanvas canvas = draw(X, Y, Curve.line("lost", Ink.BLUE, nothing, nothing));
        assertFalse(canvas.texts.stream().anyMatch(t -> t.text().equals("lost")));
        assertTrue(canvas.lines(Ink.BLUE).isEmpty());
    }
}
