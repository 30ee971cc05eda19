package dev.ridgeline.experiments.lambda;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.data.Shuffle;
import dev.ridgeline.experiments.lambda.Perceptrons.Network;
import dev.ridgeline.experiments.study.Codec;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.kernel.Kernels;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.report.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All models of one training set: each family with each λ. They see the same rows and start from the same normal numbers, so
 * what distinguishes them is the family and λ alone.
 *
 * @param rows N
 * @param seed the seed of the training set
 * @param losses the validation loss for each λ of the grid, by family
 * @param seconds how long the training of the networks took
 * @param digest the SHA-256 of all weights
 */
record LambdaRun(int rows, long seed, Map<Family, double[]> losses, double seconds, String digest) {
    /** How the study keeps its jobs. */
    static final Codec<LambdaRun> CODEC = new Codec<>(LambdaRun::write, LambdaRun::read);

    /** The rows that λ is judged by: others for each seed, the same for each N. */
    static final int VALIDATION_ROWS = 20_000;

    static final int HIDDEN = 15;

    static final float LEARNING_RATE = 0.1f;

    /** The families of networks, trained side by side. */
    static final List<Family> NETWORKS = List.of(Family.L2, Family.L2_SMALL, Family.L2_LARGE, Family.L1);

    /** How many steps of networks and rows one step of progress stands for. */
    private static final long PROGRESS = 1_000_000;

    /** Returns the job that computes it. */
    static Job<LambdaRun> job(LambdaPlan plan, int rows, long seed) {
        long work = (long) plan.epochs() * rows * NETWORKS.size() * plan.grid().lambdas().length;
        long steps = 1 + work / PROGRESS;
        return new Job<>(
                Map.of("rows", rows, "seed", seed), steps, stepDone -> train(plan, rows, seed, steps, stepDone));
    }

    private static LambdaRun train(LambdaPlan plan, int rows, long seed, long steps, Runnable stepDone) {
        GaussianClasses classes = new GaussianClasses(plan.raw());
        long key = RandomBits.key(seed, rows + " rows");
        Dataset train = classes.draw(key, "train", rows);
        Dataset validation = classes.draw(seed, "validation", VALIDATION_ROWS);
        double[] grid = plan.grid().lambdas();
        List<Network> all = networks(grid);
        Perceptrons networks = new Perceptrons(train.features(), HIDDEN, key, all);
        Kernels.expect(1_000.0 * plan.epochs() * rows * all.size());
        long start = System.nanoTime();
        descend(plan, key, train, networks, steps, stepDone);
        double seconds = (System.nanoTime() - start) / 1e9;
        double[] loss = networks.crossEntropy(validation);
        Map<Family, double[]> losses = new EnumMap<>(Family.class);
        for (int f = 0; f < NETWORKS.size(); f++) {
            losses.put(NETWORKS.get(f), Arrays.copyOfRange(loss, f * grid.length, (f + 1) * grid.length));
        }
        losses.put(Family.RIDGE, new RidgeControl(key, rows).losses(grid));
        return new LambdaRun(rows, seed, losses, seconds, networks.digest());
    }

    private static List<Network> networks(double[] grid) {
        List<Network> networks = new ArrayList<>();
        for (Family family : NETWORKS) {
            for (double lambda : grid) {
                networks.add(new Network(family, (float) lambda));
            }
        }
        return networks;
    }

    private static void descend(
            LambdaPlan plan, long key, Dataset train, Perceptrons networks, long steps, Runnable stepDone) {
        int rows = train.rows();
        int size = plan.batch() == 0 ? rows : Math.min(rows, plan.batch());
        Shuffle shuffle = new Shuffle(key);
        int[] order = IntStream.range(0, rows).toArray();
        Batch batch = new Batch();
        long done = 0;
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            if (size < rows) {
                shuffle.order(epoch, order);
            }
            for (int from = 0; from < rows; from += size) {
                if (size < rows || epoch == 0) {
                    batch.gather(train, order, from, Math.min(rows, from + size));
                }
                networks.step(batch, LEARNING_RATE);
            }
            for (; done * plan.epochs() < steps * (epoch + 1); done++) {
                stepDone.run();
            }
        }
    }

    /** Returns the best λ of a family among those of a grid. */
    BestLambda best(Family family, LambdaGrid grid) {
        return BestLambda.of(rows, seed, grid.lambdas(), losses.get(family));
    }

    private Map<String, Object> write() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rows", rows);
        map.put("seed", seed);
        map.put("losses", losses);
        map.put("seconds", seconds);
        map.put("digest", digest);
        return map;
    }

    private static LambdaRun read(Map<String, Object> map) {
        Map<Family, double[]> losses = new EnumMap<>(Family.class);
        ((Map<?, ?>) map.get("losses"))
                .forEach((family, values) -> losses.put(Family.valueOf((String) family), Json.numbers(values)));
        return new LambdaRun(
                ((Number) map.get("rows")).intValue(),
                ((Number) map.get("seed")).longValue(),
                losses,
                Json.number(map.get("seconds")),
                (String) map.get("digest"));
    }
}
