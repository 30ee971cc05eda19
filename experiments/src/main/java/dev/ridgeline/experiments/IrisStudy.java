package dev.ridgeline.experiments;

import dev.ridgeline.train.Model;
import dev.ridgeline.train.Trainer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Iris study: what L1, dropout and batch normalization buy on 120 flowers, against no regularizer.
 *
 * @param seed the seed of every model
 * @param epochs how often each goes through the data
 * @param models the trained models, in the order of {@link IrisModel}
 */
record IrisStudy(long seed, int epochs, List<TrainedModel> models) {
    /** The epochs of the published study. */
    static final int EPOCHS = 2000;

    private static final int BATCH_SIZE = 128;

    /**
     * Trains the models, one after the other.
     *
     * @param seed the seed of every model
     * @param epochs how often each goes through the data
     * @param threads the threads of a training step; the results do not depend on it
     * @param epochDone called after each epoch of each model
     */
    static IrisStudy run(long seed, int epochs, int threads, Runnable epochDone) {
        IrisData data = IrisData.load();
        List<TrainedModel> trained = new ArrayList<>();
        for (IrisModel kind : IrisModel.values()) {
            try (Model model = kind.build(seed, threads, data)) {
                Trainer trainer =
                        new Trainer(model).batchSize(BATCH_SIZE).epochs(epochs).listener(epoch -> epochDone.run());
                trained.add(TrainedModel.train(kind.title(), model, trainer, data.train(), data.validation()));
            }
        }
        return new IrisStudy(seed, epochs, List.copyOf(trained));
    }

    /** Returns one of the models. */
    TrainedModel model(IrisModel kind) {
        return models.get(kind.ordinal());
    }

    /** Returns the digest of each model by its name, in order. */
    Map<String, String> modelDigests() {
        Map<String, String> digests = new LinkedHashMap<>();
        models.forEach(model -> digests.put(model.name(), model.digest()));
        return digests;
    }

    /** Returns the SHA-256 of the models' digests, a line each, in order. */
    String digest() {
        StringBuilder lines = new StringBuilder();
        models.forEach(model -> lines.append(model.digest()).append('\n'));
        try {
            byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
