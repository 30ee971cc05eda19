package dev.ridgeline.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
    private final Chart chart = ChartTest.twoCurves(0.9, 0.2);

    @Test
    void theSameChartsGiveTheSameBytes() {
        assertArrayEquals(Png.of("title", List.of(chart)), Png.of("title", List.of(chart)));
    }

    @Test
    void theCurvesAreDrawnInTheirColoursOnWhite() throws IOException {
        BufferedImage image = read(Png.of("title", List.of(chart)));
        Set<Integer> colors = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colors.add(image.getRGB(x, y));
            }
        }
        assertEquals(0xffffffff, image.getRGB(0, 0));
        for (Ink ink : List.of(Ink.TEXT, Ink.SOFT, Ink.GRID, Ink.BLUE, Ink.ORANGE)) {
            assertTrue(colors.contains(ink.color().getRGB()), ink + " is drawn");
        }
    }

    @Test
    void chartsStandTwoInARow() throws IOException {
        BufferedImage one = read(Png.of("title", List.of(chart)));
        BufferedImage four = read(Png.of("title", Collections.nCopies(4, chart)));
        assertEquals(one.getWidth(), four.getWidth());
        assertTrue(four.getHeight() > 1.6 * one.getHeight() && four.getHeight() < 2 * one.getHeight());
    }

    @Test
    void oneChartIsAPictureOfItsOwnAndColumnsCanBeChosen() throws IOException {
        BufferedImage single = read(Png.of(chart));
        assertEquals(1200, single.getWidth());
        assertEquals(800, single.getHeight());
        BufferedImage below = read(Png.of("title", Collections.nCopies(3, chart), 1));
        assertEquals(1200, below.getWidth());
        BufferedImage beside = read(Png.of("title", Collections.nCopies(3, chart), 3));
        assertEquals(2 * (3 * 350 + 20), beside.getWidth());
    }

    @Test
    void nothingToDrawIsRefused() {
        String none = assertThrows(IllegalArgumentException.class, () -> Png.of("title", List.of(), 2))
                .getMessage();
        assertEquals("PNG \"title\": 0 charts in 2 columns; give at least one chart and one column", none);
        assertThrows(IllegalArgumentException.class, () -> Png.of("title", List.of(chart), 0));
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
