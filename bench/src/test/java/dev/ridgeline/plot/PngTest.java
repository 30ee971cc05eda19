package dev.ridgeline.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
        for (Ink ink : Ink.values()) {
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

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
