package dev.ridgeline.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The six inks of series, on white and on the dark page. */
class InkTest {
    /** The least distance of two inks in OKLab, with normal colour vision or any dichromacy. */
    private static final double APART = 0.085;

    /** The least contrast of a text, WCAG 2.2 level AA. */
    private static final double LEGIBLE = 4.5;

    /** Normal colour vision, protanopia, deuteranopia, tritanopia: Machado, Oliveira, Fernandes 2009, linear RGB. */
    private static final double[][] VISIONS = {
        {1, 0, 0, 0, 1, 0, 0, 0, 1},
        {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
        {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
        {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}
    };

    @Test
    void theSeriesAreToldApartAndLegibleWithEveryKindOfColourVision() throws IOException {
        List<List<Integer>> palettes = palettes();
        assertEquals(3, palettes.size(), "light, dark and print");
        for (List<Integer> palette : palettes) {
            double[] paper = linear(palette.getFirst());
            for (int i = 1; i <= 6; i++) {
                double[] ink = linear(palette.get(i));
                assertTrue(contrast(ink, paper) >= LEGIBLE, "contrast of series " + i + " " + contrast(ink, paper));
                for (int j = 1; j < i; j++) {
                    for (double[] vision : VISIONS) {
                        double distance = distance(seen(vision, ink), seen(vision, linear(palette.get(j))));
                        assertTrue(distance >= APART, "series " + j + " and " + i + ": " + distance);
                    }
                }
            }
        }
    }

    @Test
    void picturesHaveTheColoursOfTheLightPage() throws IOException {
        List<Integer> light = palettes().getFirst();
        for (int i = 0; i < 6; i++) {
            assertEquals(light.get(i + 1), Ink.ofSeries(i).color().getRGB() & 0xffffff, "series " + (i + 1));
            assertEquals("var(--series-" + (i + 1) + ")", Ink.ofSeries(i).css());
            for (int j = 0; j < i; j++) {
                assertNotEquals(Ink.ofSeries(j).marker(), Ink.ofSeries(i).marker());
            }
        }
    }

    @Test
    void thereIsNoSeventhSeries() {
        String message = assertThrows(IllegalArgumentException.class, () -> Ink.ofSeries(6))
                .getMessage();
        assertEquals("Ink: series 6; a chart tells at most 6 apart (0 to 5), so draw more charts", message);
        assertThrows(IllegalArgumentException.class, () -> Ink.ofSeries(-1));
    }

    /** Reads paper and series of each palette of the style sheet. */
    private static List<List<Integer>> palettes() throws IOException {
        String css;
        try (InputStream in = InkTest.class.getResourceAsStream("/dev/ridgeline/report/page.css")) {
            css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<List<Integer>> palettes = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("--(paper|series-\\d): #([0-9a-f]{6})").matcher(css);
        while (matcher.find()) {
            if (matcher.group(1).equals("paper")) {
                palettes.add(new ArrayList<>());
            }
            palettes.getLast().add(Integer.parseInt(matcher.group(2), 16));
        }
        return palettes;
    }

    private static double[] linear(int rgb) {
        double[] linear = new double[3];
        for (int c = 0; c < 3; c++) {
            double v = (rgb >> (16 - 8 * c) & 255) / 255.0;
            linear[c] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static double[] seen(double[] vision, double[] linear) {
        double[] seen = new double[3];
        for (int c = 0; c < 3; c++) {
            double sum = vision[3 * c] * linear[0] + vision[3 * c + 1] * linear[1] + vision[3 * c + 2] * linear[2];
            seen[c] = Math.clamp(sum, 0.0, 1.0);
        }
        return seen;
    }

    private static double contrast(double[] one, double[] other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(double[] linear) {
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    private static double distance(double[] one, double[] other) {
        double[] a = okLab(one);
        double[] b = okLab(other);
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    /** Ottosson 2020. */
    private static double[] okLab(double[] c) {
        double l = Math.cbrt(0.4122214708 * c[0] + 0.5363325363 * c[1] + 0.0514459929 * c[2]);
        double m = Math.cbrt(0.2119034982 * c[0] + 0.6806995451 * c[1] + 0.1073969566 * c[2]);
        double s = Math.cbrt(0.0883024619 * c[0] + 0.2817188376 * c[1] + 0.6299787005 * c[2]);
        return new double[] {
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        };
    }
}
