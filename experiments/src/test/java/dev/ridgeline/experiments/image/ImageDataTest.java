package dev.ridgeline.experiments.image;

import static dev.ridgeline.experiments.image.IdxFiles.gzip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDataTest {
    private static final List<String> NAMES = List.of(
            "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    @TempDir
    private Path folder;

    @Test
    void theSampleHas60And30ImagesOfEachClass() {
        ImageData sample = ImageData.sample();
        assertEquals(28, sample.height());
        assertEquals(28, sample.width());
        assertEquals(600, sample.train().rows());
        assertEquals(300, sample.test().rows());
        for (int label = 0; label < 10; label++) {
            int wanted = label;
            assertEquals(
                    60,
                    Arrays.stream(sample.train().labels())
                            .filter(l -> l == wanted)
                            .count());
            assertEquals(
                    30,
                    Arrays.stream(sample.test().labels())
                            .filter(l -> l == wanted)
                            .count());
        }
        float[] x = sample.train().x();
        float most = x[0];
        for (float pixel : x) {
            assertTrue(pixel >= 0 && pixel <= 1);
            most = Math.max(most, pixel);
        }
        assertEquals(1, most);
        assertEquals(Optional.empty(), sample.source());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz", "dotted", "dotted.gz"})
    void theNamesOfThePublicSetsAreFound(String form) throws Exception {
        IdxFiles.writeSmallSet(folder);
        ImageData expected = ImageData.read(folder);
        for (String name : NAMES) {
            Path plain = folder.resolve(name);
            byte[] content = Files.readAllBytes(plain);
            Files.delete(plain);
            String renamed = (form.startsWith("dotted") ? name.replace("-idx", ".idx") : name)
                    + (form.endsWith(".gz") ? ".gz" : "");
            Files.write(folder.resolve(renamed), form.endsWith(".gz") ? gzip(content) : content);
        }
        ImageData data = ImageData.read(folder);
        assertArrayEquals(expected.train().x(), data.train().x());
        assertArrayEquals(expected.test().labels(), data.test().labels());
        assertEquals(3, data.train().classes());
        assertEquals(6, data.train().features());
        assertEquals(200 / 255f, data.train().x()[0]);
        assertEquals("IDX files in " + folder, data.title());
        assertEquals(Optional.empty(), data.source(), "no public set");
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() throws Exception {
        IdxFiles.writeSmallSet(folder);
        Path labels = folder.resolve("train-labels-idx1-ubyte");
        Files.write(labels, IdxFiles.idx(new byte[59], 59));
        refused("\"" + labels + "\" holds 59 labels, \"" + folder.resolve("train-images-idx3-ubyte")
                + "\" 60 images; give two files that belong together");
        IdxFiles.writeSmallSet(folder);
        IdxFiles.write(folder, "t10k", new byte[8], 2, 2, new byte[2]);
        refused("\"" + folder.resolve("t10k-images-idx3-ubyte") + "\" has images of 2 x 2 pixels, \""
                + folder.resolve("train-images-idx3-ubyte") + "\" of 2 x 3; give files of one set");
    }

    @Test
    void missingFilesAreNamed() throws Exception {
        IdxFiles.writeSmallSet(folder);
        Files.delete(folder.resolve(NAMES.get(1)));
        Files.delete(folder.resolve(NAMES.get(2)));
        refused("\"" + folder + "\" has no " + NAMES.get(1) + ", no " + NAMES.get(2)
                + " (or with .gz); put all four files into it, or name another folder");
        Path none = folder.resolve("none");
        String message = assertThrows(IllegalArgumentException.class, () -> ImageData.read(none))
                .getMessage();
        assertTrue(
                message.startsWith("\"" + none + "\" is not a folder; name the one with the files train-images"),
                message);
    }

    private void refused(String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> ImageData.read(folder))
                        .getMessage());
    }
}
