package dev.ridgeline.peers;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.StepLayer;
import dev.ridgeline.bench.StepModel;
import dev.ridgeline.data.Batch;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole training step in DJL on PyTorch, eager: the same model, batch, loss and update rule as Ridgeline's {@link
 * dev.ridgeline.bench.StepBenchmark}. Each iteration starts from the same weights.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DjlStep {
    /** The model, one of {@link Models}. */
    @Param("iris")
    public String model;

    private Model network;
    private Trainer trainer;
    private Loss loss;
    private NDManager rows;
    private NDList x;
    private NDList y;
    private final List<NDArray> start = new ArrayList<>();

    /** Makes an unset state; JMH sets it. */
    public DjlStep() {}

    /** Builds the model and its batch. */
    @Setup
    public void prepare() {
        StepModel shape = Models.named(model);
        boolean binary = shape.loss() == dev.ridgeline.train.Loss.BINARY_CROSS_ENTROPY;
        loss = binary ? Loss.sigmoidBinaryCrossEntropyLoss() : Loss.softmaxCrossEntropyLoss();
        network = Model.newInstance(model);
        network.setBlock(block(shape));
        trainer = network.newTrainer(new DefaultTrainingConfig(loss)
                .optOptimizer(optimizer(shape.optimizer()))
                .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT));
        trainer.initialize(input(shape));
        rows = NDManager.newBaseManager();
        Batch batch = shape.data(42);
        x = new NDList(rows.create(batch.x(), input(shape)));
        float[] labels = new float[shape.batch()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = batch.labels()[row];
        }
        y = new NDList(rows.create(labels, new Shape(shape.batch(), 1)));
        network.getBlock()
                .getParameters()
                .values()
                .forEach(p -> start.add(p.getArray().duplicate()));
        step();
        int i = 0;
        for (Parameter parameter : network.getBlock().getParameters().values()) {
            if (parameter.getArray().contentEquals(start.get(i++))) {
                throw new IllegalStateException(model + ": a step leaves " + parameter.getName() + " as it was");
            }
        }
    }

    /** Images are channels x height x width here: with one channel the same numbers as Ridgeline's. */
    private static Shape input(StepModel shape) {
        List<Integer> sizes = shape.inputs().sizes();
        if (sizes.size() == 1) {
            return new Shape(shape.batch(), sizes.getFirst());
        }
        if (shape.inputs().channels() != 1) {
            throw new IllegalArgumentException("DJL: " + shape.inputs() + " with more than one channel");
        }
        return new Shape(shape.batch(), 1, sizes.get(0), sizes.get(1));
    }

    private static SequentialBlock block(StepModel shape) {
        SequentialBlock block = new SequentialBlock();
        for (StepLayer layer : shape.layers()) {
            block.add(
                    switch (layer) {
                        case StepLayer.Dense(int units) ->
                            Linear.builder().setUnits(units).build();
                        case StepLayer.Convolution(int filters, int size) ->
                            Conv2d.builder()
                                    .setFilters(filters)
                                    .setKernelShape(new Shape(size, size))
                                    .build();
                        case StepLayer.Activation(var function) ->
                            switch (function) {
                                case RELU -> Activation.reluBlock();
                                case TANH -> Activation.tanhBlock();
                                default -> throw new IllegalArgumentException("DJL: " + function);
                            };
                        case StepLayer.MaxPool(int size) ->
                            Pool.maxPool2dBlock(new Shape(size, size), new Shape(size, size));
                        case StepLayer.Flatten() -> Blocks.batchFlattenBlock();
                    });
        }
        return block;
    }

    private static Optimizer optimizer(dev.ridgeline.optimizer.Optimizer optimizer) {
        return switch (optimizer) {
            case Adam adam ->
                Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed((float) adam.learningRate()))
                        .optBeta1((float) adam.beta1())
                        .optBeta2((float) adam.beta2())
                        .optEpsilon((float) adam.epsilon())
                        .build();
            case Sgd sgd ->
                Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(sgd.learningRate()))
                        .build();
            default -> throw new IllegalArgumentException("DJL: " + optimizer);
        };
    }

    /** Goes back to the first weights. */
    @Setup(Level.Iteration)
    public void reset() {
        int i = 0;
        for (Parameter parameter : network.getBlock().getParameters().values()) {
            start.get(i++).copyTo(parameter.getArray());
        }
    }

    /** Does one step, and frees what it has made. */
    @Benchmark
    public void step() {
        try (NDManager manager = rows.newSubManager()) {
            x.attach(manager);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDArray value = loss.evaluate(y, trainer.forward(x));
                collector.backward(value);
            }
            trainer.step();
            x.attach(rows);
        }
    }

    /** Frees all of it. */
    @TearDown
    public void close() {
        trainer.close();
        network.close();
        rows.close();
    }
}
