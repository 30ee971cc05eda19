package dev.ridgeline.bench;

import dev.ridgeline.layer.Conv2D;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.MaxPool2D;

/** A layer of a {@link StepModel}, as other systems can build it too. */
public sealed interface StepLayer {
    /**
     * Makes Ridgeline's layer.
     *
     * @return a new layer
     */
    Layer<?> layer();

    /**
     * A fully connected layer.
     *
     * @param units its outputs
     */
    record Dense(int units) implements StepLayer {
        @Override
        public Layer<?> layer() {
            return new dev.ridgeline.layer.Dense(units);
        }
    }

    /**
     * A convolution over height x width x channels, without padding, at stride 1.
     *
     * @param filters the channels of its output
     * @param size the height and width of a filter
     */
    record Convolution(int filters, int size) implements StepLayer {
        @Override
        public Layer<?> layer() {
            return new Conv2D(filters, size, size);
        }
    }

    /**
     * An activation.
     *
     * @param function what it applies to each element
     */
    record Activation(dev.ridgeline.layer.Activation.Function function) implements StepLayer {
        @Override
        public Layer<?> layer() {
            return new dev.ridgeline.layer.Activation(function);
        }
    }

    /**
     * Max pooling over windows side by side.
     *
     * @param size the height and width of a window
     */
    record MaxPool(int size) implements StepLayer {
        @Override
        public Layer<?> layer() {
            return new MaxPool2D(size, size);
        }
    }

    /** From an image to plain features. */
    record Flatten() implements StepLayer {
        @Override
        public Layer<?> layer() {
            return new dev.ridgeline.layer.Flatten();
        }
    }
}
