/**
 * The numeric core of Ridgeline: SIMD kernels, layers, regularizers, optimizers and the trainer. It depends on
 * {@code java.base} and the incubating Vector API alone, and works without the latter.
 */
module dev.ridgeline.core {
    requires jdk.incubator.vector;

    exports dev.ridgeline.data;
    exports dev.ridgeline.kernel;
    exports dev.ridgeline.layer;
    exports dev.ridgeline.linear;
    exports dev.ridgeline.optimizer;
    exports dev.ridgeline.prune;
    exports dev.ridgeline.regularizer;
    exports dev.ridgeline.schedule;
    exports dev.ridgeline.train;
}
