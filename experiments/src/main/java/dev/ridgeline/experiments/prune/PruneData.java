package dev.ridgeline.experiments.prune;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.image.ImageData;
import dev.ridgeline.experiments.iris.IrisData;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What models are trained on, and how: one hidden layer of tanh, softmax with cross-entropy, Adam. */
enum PruneData {
    /** Flowers; a split of their own for each seed. */
    IRIS("Iris", 3, 16, 60, new WeightElimination(1e-3f, 0.5f)),
    /** The 900 images of Fashion-MNIST that ship, 600 to train on. */
    IMAGES("images", 10, 32, 30, new WeightElimination(2e-5f, 0.1f));

    private static final double LEARNING_RATE = 0.005;
    private static final int BATCH_SIZE = 32;
    private static final double VALIDATION = 0.2;

    /** Derivatives of the images are taken at one row in so many. */
    private static final int STRIDE = 6;

    private final String title;
    private final int classes;
    private final int hidden;
    private final int epochs;
    private final WeightElimination elimination;

    PruneData(String title, int classes, int hidden, int epochs, WeightElimination elimination) {
        this.title = title;
        this.classes = classes;
        this.hidden = hidden;
        this.epochs = epochs;
        this.elimination = elimination;
    }

    /**
     * Rows to train on and rows to judge by.
     *
     * @param train those to train on
     * @param test those to judge by
     * @param derivatives those that derivatives are taken at
     */
    record Rows(Dataset train, Dataset test, Dataset derivatives) {}

    /** Returns the name in tables, files and plots. */
    String title() {
        return title;
    }

    /** Returns the number of classes, all of the same size. */
    int classes() {
        return classes;
    }

    /** Returns the units of the hidden layer. */
    int hidden() {
        return hidden;
    }

    /** Returns the epochs of the training before anything is removed. */
    int epochs() {
        return epochs;
    }

    /** Returns the penalty of {@link PruneMethod#ELIMINATION}. */
    WeightElimination elimination() {
        return elimination;
    }

    /** Returns the methods that are tried; the surgeon's matrix of all weights of the images would not fit. */
    List<PruneMethod> methods() {
        return Arrays.stream(PruneMethod.values())
                .filter(method -> this == IRIS || method != PruneMethod.SURGEON)
                .toList();
    }

    /** Returns the rows of a seed. */
    Rows rows(long seed) {
        if (this == IRIS) {
            IrisData flowers = IrisData.draw(VALIDATION, seed, 0);
            return new Rows(flowers.train(), flowers.validation(), flowers.train());
        }
        ImageData images = ImageData.sample();
        int[] some = IntStream.range(0, images.train().rows() / STRIDE)
                .map(i -> STRIDE * i)
                .toArray();
        return new Rows(images.train(), images.test(), images.train().select(some));
    }

    /** Makes a model with its initial weights. */
    Model model(Rows rows, PruneMethod method, long seed) {
        return Model.inputs(rows.train().features())
                .optimizer(new Adam(LEARNING_RATE))
                .seed(seed)
                .add(dense(hidden, method))
                .add(new Activation(Activation.Function.TANH))
                .add(dense(classes, method))
                .build();
    }

    private Dense dense(int units, PruneMethod method) {
        Dense dense = new Dense(units);
        return method == PruneMethod.ELIMINATION ? dense.kernelRegularizer(elimination) : dense;
    }

    /** Returns how a model is trained. */
    static Trainer trainer(Model model, int epochs) {
        return new Trainer(model).batchSize(BATCH_SIZE).epochs(epochs);
    }

    /** Returns the one with a title. */
    static PruneData of(String title) {
        return Stream.of(values())
                .filter(data -> data.title.equals(title))
                .findAny()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
