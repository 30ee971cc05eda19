package dev.ridgeline.experiments.image;

import dev.ridgeline.data.Dataset;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Grey images with a class each. A pixel is a feature from 0 to 1: its byte divided by 255.
 *
 * @param title what the images are, for a reader
 * @param source the public set that they are, all of it; empty for others
 * @param height the rows of an image
 * @param width the pixels of a row
 * @param train the images to train on, an image a row
 * @param test the images to test with, likewise
 */
public record ImageData(
        String title, Optional<PublicImages> source, int height, int width, Dataset train, Dataset test) {
    private static final int SAMPLE_CLASSES = 10;
    private static final int SAMPLE_OF_CLASS = 90;
    private static final int SAMPLE_TRAIN = 60;

    /** The value of each byte. */
    private static final float[] PIXEL = pixels();

    private static float[] pixels() {
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        return values;
    }

    /**
     * Reads the four IDX files of a folder, plain or in gzip. If they are those of a public set, by their digests, the
     * result says so.
     *
     * @param folder the folder
     * @return the images
     * @throws IllegalArgumentException if a file is missing, damaged, or does not fit the others
     */
    public static ImageData read(Path folder) {
        ImageFiles files = ImageFiles.in(folder);
        Labelled train = Labelled.read(files.trainImages(), files.trainLabels());
        Labelled test = Labelled.read(files.testImages(), files.testLabels());
        if (train.height != test.height || train.width != test.width) {
            throw new IllegalArgumentException("\"" + files.testImages() + "\" has images of " + test.height + " x "
                    + test.width + " pixels, \"" + files.trainImages() + "\" of " + train.height + " x " + train.width
                    + "; give files of one set");
        }
        int classes = Math.max(2, 1 + Math.max(train.largestLabel(), test.largestLabel()));
        Optional<PublicImages> source = PublicImages.of(files);
        return new ImageData(
                source.map(PublicImages::title)
                        .orElse("IDX files in " + folder.toAbsolutePath().normalize()),
                source,
                train.height,
                train.width,
                train.dataset(classes),
                test.dataset(classes));
    }

    /**
     * Returns the sample that is in this jar: 900 images of Fashion-MNIST, 90 of each class, the first 60 to train on and
     * the last 30 to test with.
     *
     * @return the sample
     */
    public static ImageData sample() {
        Labelled all;
        try (IdxReader images = resource("fashion-mnist-900-images-idx3-ubyte.gz", 3);
                IdxReader labels = resource("fashion-mnist-900-labels-idx1-ubyte.gz", 1)) {
            all = Labelled.read(images, labels);
        }
        Dataset images = all.dataset(SAMPLE_CLASSES);
        return new ImageData(
                "900 images of Fashion-MNIST",
                Optional.empty(),
                all.height,
                all.width,
                images.select(sampleRows(0, SAMPLE_TRAIN)),
                images.select(sampleRows(SAMPLE_TRAIN, SAMPLE_OF_CLASS)));
    }

    /** Returns the rows of each class between two places; the classes follow each other. */
    private static int[] sampleRows(int from, int to) {
        return IntStream.range(0, SAMPLE_CLASSES)
                .flatMap(label -> IntStream.range(from, to).map(i -> label * SAMPLE_OF_CLASS + i))
                .toArray();
    }

    private static IdxReader resource(String name, int rank) {
        InputStream stream = ImageData.class.getResourceAsStream(name);
        return IdxReader.open(name, stream, rank, 1 << 20);
    }

    /** Images as they stand in two files. */
    private record Labelled(int height, int width, byte[] pixels, int[] labels) {
        static Labelled read(Path images, Path labels) {
            try (IdxReader pixels = IdxReader.open(images, 3);
                    IdxReader classes = IdxReader.open(labels, 1)) {
                return read(pixels, classes);
            }
        }

        /** Compares the sizes first, so that a file that does not fit is not unpacked. */
        static Labelled read(IdxReader images, IdxReader labels) {
            int[] shape = images.shape();
            if (labels.shape()[0] != shape[0]) {
                throw new IllegalArgumentException(labels + " holds " + labels.shape()[0] + " labels, " + images + " "
                        + shape[0] + " images; give two files that belong together");
            }
            byte[] bytes = labels.values();
            int[] classes = new int[bytes.length];
            Arrays.setAll(classes, i -> Byte.toUnsignedInt(bytes[i]));
            return new Labelled(shape[1], shape[2], images.values(), classes);
        }

        int largestLabel() {
            return Arrays.stream(labels).max().orElseThrow();
        }

        Dataset dataset(int classes) {
            float[] x = new float[pixels.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = PIXEL[Byte.toUnsignedInt(pixels[i])];
            }
            return Dataset.classification(height * width, x, classes, labels);
        }
    }
}
