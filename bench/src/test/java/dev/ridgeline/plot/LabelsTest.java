package dev.ridgeline.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LabelsTest {
    @Test
    void positionsThatAreApartStay() {
        assertArrayEquals(new double[] {10, 30, 60}, Labels.apart(new double[] {10, 30, 60}, 0, 100));
        assertArrayEquals(new double[0], Labels.apart(new double[0], 0, 100));
    }

    @Test
    void thoseThatTouchAreCentredOnWhatTheyWanted() {
        assertArrayEquals(new double[] {42.5, 57.5}, Labels.apart(new double[] {49, 51}, 0, 100), 1e-12);
        // the middle three want 50, the last one 66: four in a row around the mean
        double[] four = Labels.apart(new double[] {50, 50, 50, 66}, 0, 200);
        assertArrayEquals(new double[] {31.5, 46.5, 61.5, 76.5}, four, 1e-12);
    }

    @Test
    void theyStayInside() {
        assertArrayEquals(new double[] {0, 15}, Labels.apart(new double[] {-5, 3}, 0, 100), 1e-12);
        assertArrayEquals(new double[] {70, 85, 100}, Labels.apart(new double[] {80, 99, 99}, 0, 100), 1e-12);
    }

    @Test
    void aTextStandsToTheRightOfItsPointIfNothingIsThere() {
        Labels labels = new Labels(new Labels.Box(0, 0, 200, 100));
        labels.beside(100, 50, 7, 40);
        labels.beside(190, 20, 7, 40);
        Labels.Place first = labels.places().getFirst();
        assertEquals(127, first.x());
        assertEquals(50, first.y());
        assertEquals(0, first.leader().length);
        assertEquals(163, labels.places().get(1).x(), "to the left at the right edge");
    }

    @Test
    void aLongTextSlidesInsideAboveItsPoint() {
        Labels labels = new Labels(new Labels.Box(20, 0, 220, 100));
        labels.beside(80, 50, 7, 180);
        labels.beside(190, 80, 7, 250);
        Labels.Place first = labels.places().getFirst();
        assertEquals(110.5, first.x(), "from the left edge on");
        assertEquals(35.5, first.y());
        assertEquals(0, first.leader().length);
        assertEquals(322, labels.places().get(1).x(), "one that fits nowhere stands beside its point");
    }

    @Test
    void oneThatFindsNoPlaceNextToItsPointIsLedThere() {
        Labels labels = new Labels(new Labels.Box(0, 0, 300, 200));
        for (int x = 60; x <= 140; x += 3) {
            for (int y = 78; y <= 122; y += 3) {
                labels.draws(x, y);
            }
        }
        labels.beside(100, 100, 7, 30);
        double[] leader = labels.places().getFirst().leader();
        assertEquals(4, leader.length);
        assertEquals(100, leader[0]);
        assertEquals(100, leader[1]);
    }
}
