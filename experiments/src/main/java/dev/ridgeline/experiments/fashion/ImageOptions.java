package dev.ridgeline.experiments.fashion;

import dev.ridgeline.experiments.image.Download;
import dev.ridgeline.experiments.image.ImageData;
import dev.ridgeline.experiments.image.PublicImages;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where the images come from. */
final class ImageOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @ArgGroup
    private Source source = new Source();

    private Path cache = Download.defaultCache();

    /** One of them at most. */
    private static final class Source {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "Folder with images like MNIST: train-images-idx3-ubyte, train-labels-idx1-ubyte,"
                        + " t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each with or without .gz. Without it"
                        + " Fashion-MNIST is downloaded, 31 MB, the first time.")
        private Path data;

        @Option(names = "--mnist", description = "Download the handwritten digits of MNIST instead, 12 MB.")
        private boolean mnist;

        @Option(
                names = "--sample",
                description = "Take 900 images of Fashion-MNIST that need no download, 600 to train on.")
        private boolean sample;
    }

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Folder that keeps downloads, each verified by its SHA-256 (default: ridgeline in"
                    + " $XDG_CACHE_HOME or ~/.cache).")
    private void setCache(Path folder) {
        cache = named("--cache", folder);
    }

    private Path named(String option, Path folder) {
        if (folder.toString().isBlank()) {
            throw new ParameterException(command.commandLine(), option + " is empty; name a folder");
        }
        return folder;
    }

    boolean sample() {
        return source.sample;
    }

    /** Brings and reads the images. */
    ImageData load(boolean quiet) {
        if (source.sample) {
            return ImageData.sample();
        }
        if (source.data != null) {
            return ImageData.read(named("--data", source.data));
        }
        PublicImages images = source.mnist ? PublicImages.MNIST : PublicImages.FASHION_MNIST;
        return ImageData.read(new Download(images, cache, quiet).run());
    }
}
