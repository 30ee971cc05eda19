package dev.ridgeline.experiments.fashion;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.image.ImageData;
import dev.ridgeline.experiments.image.PublicImages;
import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.train.EarlyStopping;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Monitor;
import dev.ridgeline.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The study of regularizers on images. All models but one train on all training images, and the test images stand in as
 * their validation rows, which decide nothing. {@link FashionModel#EARLY_STOPPING} must not see the test images, so it holds
 * out the last tenth of each class of the training images, and these are its validation rows.
 *
 * @param plan what was trained
 * @param data with what
 * @param runs the results, model by model in the order of {@link FashionModel}, seed by seed
 */
record FashionStudy(Plan plan, ImageData data, List<FashionRun> runs) {
    static final int BATCH_SIZE = 32;

    /** When early stopping stops. */
    static final EarlyStopping POLICY = new EarlyStopping(Monitor.loss(), 3);

    private static final int HELD_OUT = 10;

    /**
     * What is trained.
     *
     * @param hidden the units of each hidden layer
     * @param epochs how often each model goes through its training images, at most
     * @param seeds the seeds of initial weights, masks and shuffles
     */
    record Plan(List<Integer> hidden, int epochs, long[] seeds) {}

    /** Returns a job for each model and seed. */
    static List<Job<FashionRun>> jobs(Plan plan, ImageData data) {
        int[][] split = holdOut(data.train());
        if (split[1].length == 0) {
            throw new IllegalArgumentException("No class has two training images, so that early stopping can hold out"
                    + " none; give more images");
        }
        Dataset fitted = data.train().select(split[0]);
        Dataset heldOut = data.train().select(split[1]);
        List<Job<FashionRun>> jobs = new ArrayList<>();
        for (FashionModel kind : FashionModel.values()) {
            boolean stops = kind == FashionModel.EARLY_STOPPING;
            Dataset train = stops ? fitted : data.train();
            Dataset validation = stops ? heldOut : data.test();
            for (long seed : plan.seeds()) {
                jobs.add(new Job<>(
                        Map.of("model", kind.title(), "seed", seed),
                        plan.epochs(),
                        epochDone -> train(kind, seed, plan, train, validation, data.test(), epochDone)));
            }
        }
        return jobs;
    }

    private static FashionRun train(
            FashionModel kind,
            long seed,
            Plan plan,
            Dataset train,
            Dataset validation,
            Dataset test,
            Runnable epochDone) {
        try (Model model = kind.build(seed, train.features(), plan.hidden(), train.classes())) {
            Trainer trainer = new Trainer(model)
                    .batchSize(BATCH_SIZE)
                    .epochs(plan.epochs())
                    .listener(epoch -> epochDone.run());
            if (kind == FashionModel.EARLY_STOPPING) {
                trainer.stopping(POLICY);
            }
            TrainedModel trained = TrainedModel.train(kind.title(), model, trainer, train, validation);
            for (int epoch = trained.epochs(); epoch < plan.epochs(); epoch++) {
                epochDone.run(); // those that were saved
            }
            float[] firstKernel = model.parameters().getFirst().value();
            return new FashionRun(trained, model.predictor().evaluate(test), WeightHistogram.of(firstKernel));
        }
    }

    /** Returns the rows to train on, and the last tenth of each class, at least one row where there are two. */
    static int[][] holdOut(Dataset data) {
        int[] labels = data.labels();
        int[] left = new int[data.classes()];
        Arrays.stream(labels).forEach(label -> left[label]++);
        int[] kept = Arrays.stream(left)
                .map(n -> n - Math.max(n / HELD_OUT, Math.min(1, n / 2)))
                .toArray();
        int[] seen = new int[data.classes()];
        boolean[] fits = new boolean[labels.length];
        for (int row = 0; row < labels.length; row++) {
            fits[row] = seen[labels[row]]++ < kept[labels[row]];
        }
        return new int[][] {
            IntStream.range(0, labels.length).filter(row -> fits[row]).toArray(),
            IntStream.range(0, labels.length).filter(row -> !fits[row]).toArray()
        };
    }

    /** Returns whether these are the data and the layers that the published figures belong to. */
    boolean isPublished() {
        return data.source().equals(Optional.of(PublicImages.FASHION_MNIST))
                && plan.hidden().equals(List.of(128));
    }

    /** Returns how many training images the early stopping holds out. */
    int heldOut() {
        return holdOut(data.train())[1].length;
    }

    /** Returns the runs of a model, seed by seed. */
    List<FashionRun> runs(FashionModel kind) {
        int seeds = plan.seeds().length;
        return runs.subList(kind.ordinal() * seeds, (kind.ordinal() + 1) * seeds);
    }

    /** Returns a model's accuracy on the test images over the seeds. */
    Distribution accuracy(FashionModel kind) {
        return distribution(kind, run -> run.test().accuracy());
    }

    /** Returns a model's loss on the test images over the seeds. */
    Distribution loss(FashionModel kind) {
        return distribution(kind, run -> run.test().loss());
    }

    private Distribution distribution(FashionModel kind, ToDoubleFunction<FashionRun> figure) {
        return new Distribution(runs(kind).stream().mapToDouble(figure).toArray());
    }

    /** Returns by how much a model's figure is above the baseline's with the same seed, over the seeds. */
    Distribution difference(FashionModel kind, Function<FashionModel, Distribution> figure) {
        double[] baseline = figure.apply(FashionModel.BASELINE).values();
        double[] values = figure.apply(kind).values();
        return new Distribution(IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] - baseline[i])
                .toArray());
    }

    /** Returns the first seed's models. */
    List<TrainedModel> models() {
        return Arrays.stream(FashionModel.values())
                .map(kind -> runs(kind).getFirst().trained())
                .toList();
    }

    /** Returns the SHA-256 of the models' digests, a line each, in the order of the runs. */
    String digest() {
        return Sha256.ofLines(runs.stream().map(run -> run.trained().digest()).toList());
    }

    /** Returns the study as it stands in {@code result.json}. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("data", data.title());
        map.put("trainImages", data.train().rows());
        map.put("testImages", data.test().rows());
        map.put("heldOutForEarlyStopping", heldOut());
        map.put("hidden", plan.hidden());
        map.put("seeds", plan.seeds());
        map.put(
                "models",
                Arrays.stream(FashionModel.values()).map(this::firstSeed).toList());
        map.put(
                "overSeeds",
                Arrays.stream(FashionModel.values()).map(this::overSeeds).toList());
        return map;
    }

    private Map<String, Object> firstSeed(FashionModel kind) {
        FashionRun run = runs(kind).getFirst();
        Map<String, Object> map = run.trained().toMap();
        map.put("testAccuracy", run.test().accuracy());
        map.put("testLoss", run.test().loss());
        if (isPublished() && kind.published().isPresent()) {
            map.put("publishedTestAccuracy", kind.published().get().accuracy());
            map.put("publishedTestLoss", kind.published().get().loss());
        }
        map.put("digest", run.trained().digest());
        return map;
    }

    private Map<String, Object> overSeeds(FashionModel kind) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", kind.title());
        map.put("testAccuracy", accuracy(kind).toMap());
        map.put("testLoss", loss(kind).toMap());
        map.put("accuracyAboveBaseline", difference(kind, this::accuracy).toMap());
        map.put("lossAboveBaseline", difference(kind, this::loss).toMap());
        return map;
    }
}
