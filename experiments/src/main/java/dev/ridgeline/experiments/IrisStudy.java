package dev.ridgeline.experiments;

import dev.ridgeline.train.Model;
import dev.ridgeline.train.Trainer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
     * Trains the models, side by side where there are threads for it.
     *
     * @param seed the seed of every model
     * @param epochs how often each goes through the data
     * @param threads how many models may be trained at once; the results do not depend on it
     * @param epochDone called after each epoch of each model, from the thread that trains it
     */
    static IrisStudy run(long seed, int epochs, int threads, Runnable epochDone) {
        IrisData data = IrisData.load();
        List<TrainedModel> trained = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, IrisModel.values().length))) {
            List<Future<TrainedModel>> futures = new ArrayList<>();
            for (IrisModel model : IrisModel.values()) {
                futures.add(pool.submit(() -> train(model, data, seed, epochs, epochDone)));
            }
            for (Future<TrainedModel> future : futures) {
                trained.add(future.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new IrisStudy(seed, epochs, trained);
    }

    private static TrainedModel train(IrisModel kind, IrisData data, long seed, int epochs, Runnable epochDone) {
        try (Model model = kind.build(seed, data)) {
            Trainer trainer = new Trainer(model)
                    .batchSize(BATCH_SIZE)
                    .epochs(epochs)
                    .listener(epoch -> epochDone.run());
            return TrainedModel.train(kind.title(), model, trainer, data.train(), data.validation());
        }
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
