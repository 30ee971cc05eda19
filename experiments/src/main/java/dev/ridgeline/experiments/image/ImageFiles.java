package dev.ridgeline.experiments.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The four files of a set of images like MNIST, found by the names that the public sets use: {@code
 * train-images-idx3-ubyte} and so on, with a dot before {@code idx}, and with {@code .gz} at the end.
 *
 * @param trainImages the images to train on
 * @param trainLabels their labels
 * @param testImages the images to test with
 * @param testLabels their labels
 */
record ImageFiles(Path trainImages, Path trainLabels, Path testImages, Path testLabels) {
    private static final List<String> NAMES = List.of(
            "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    /**
     * Finds the files.
     *
     * @throws IllegalArgumentException if there is no such folder, or a file is missing
     */
    static ImageFiles in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("\"" + folder + "\" is not a folder; name the one with the files "
                    + String.join(", ", NAMES) + " (or with .gz)");
        }
        List<Path> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : NAMES) {
            find(folder, name).ifPresentOrElse(found::add, () -> missing.add(name));
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("\"" + folder + "\" has no " + String.join(", no ", missing)
                    + " (or with .gz); put all four files into it, or name another folder");
        }
        return new ImageFiles(found.get(0), found.get(1), found.get(2), found.get(3));
    }

    private static Optional<Path> find(Path folder, String name) {
        String dotted = name.replace("-idx", ".idx");
        return List.of(name, dotted, name + ".gz", dotted + ".gz").stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Returns the files in the order of the names. */
    List<Path> paths() {
        return List.of(trainImages, trainLabels, testImages, testLabels);
    }
}
