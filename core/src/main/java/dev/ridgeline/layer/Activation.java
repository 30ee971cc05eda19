package dev.ridgeline.layer;

import dev.ridgeline.kernel.Activations;
import dev.ridgeline.kernel.Losses;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** An element-wise activation function (softmax: over the channels): y = f(x), dx = dy·f'(x). */
public final class Activation extends Layer<Activation> {
    private final Function function;
    private final Team.Task forward = (scratch, part, parts) -> applyPart(part, parts);
    private final Team.Task backward = (scratch, part, parts) -> gradientPart(part, parts);
    private int positions;
    private int channels;
    private int rows;
    private float[] x;
    private float[] y;
    private float[] dy;

    /**
     * Makes the layer.
     *
     * @param function f
     */
    public Activation(Function function) {
        this.function =
                Objects.requireNonNull(function, "Activation: the function is null; give one, for example RELU");
    }

    /**
     * Returns f.
     *
     * @return the function
     */
    public Function function() {
        return function;
    }

    /** Returns whether a layer is a rectifier whose outputs only the next layer needs, which then may do its work. */
    static boolean isPlainRectifier(Layer<?> layer) {
        return layer instanceof Activation activation
                && activation.function == Function.RELU
                && activation.activityRegularizer() == null;
    }

    @Override
    Activation self() {
        return this;
    }

    @Override
    public String defaultName() {
        return function.name().toLowerCase(Locale.ROOT).replace("_", "-");
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    Shape build(Shape shape, long seed) {
        positions = shape.positions();
        channels = shape.channels();
        return shape;
    }

    @Override
    Activation twin() {
        Activation twin = new Activation(function);
        twin.positions = positions;
        twin.channels = channels;
        return twin;
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        this.rows = rows;
        this.x = x;
        this.y = y;
        pass.team().run(8L * rows * inputs(), forward);
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        if (!wantInputGradient) {
            return null;
        }
        this.dy = dy;
        pass.team().run(8L * rows * inputs(), backward);
        return dy;
    }

    private void applyPart(int part, int parts) {
        int from = Split.begin(rows, 1, part, parts);
        int to = Split.begin(rows, 1, part + 1, parts);
        function.apply((to - from) * positions, channels, from * inputs(), x, y);
    }

    private void gradientPart(int part, int parts) {
        int from = Split.begin(rows, 1, part, parts);
        int to = Split.begin(rows, 1, part + 1, parts);
        function.gradient((to - from) * positions, channels, from * inputs(), x, y, dy);
    }

    /** The functions. */
    public enum Function {
        /** f(x) = x. */
        LINEAR(null, null, false) {
            @Override
            void apply(int rows, int columns, int at, float[] x, float[] y) {
                System.arraycopy(x, at, y, at, rows * columns);
            }

            @Override
            void gradient(int rows, int columns, int at, float[] x, float[] y, float[] dy) {}
        },
        /** f(x) = max(0, x), f'(0) = 0. */
        RELU(Activations::relu, Activations::reluGradient, false),
        /** f(x) = x for x &gt; 0, else 0.01·x. */
        LEAKY_RELU(Activations::leakyRelu, Activations::leakyReluGradient, false),
        /** f(x) = x for x &gt; 0, else eˣ - 1 (Clevert et al., 2016). */
        ELU(Activations::elu, Activations::eluGradient, true),
        /** f(x) = x·Φ(x), the exact form with erf (Hendrycks and Gimpel, 2016). */
        GELU(Activations::gelu, Activations::geluGradient, true),
        /** f(x) = x/(1 + e⁻ˣ) (Elfwing et al., 2018). */
        SILU(Activations::silu, Activations::siluGradient, true),
        /** f(x) = log(1 + eˣ). */
        SOFTPLUS(Activations::softplus, Activations::softplusGradient, false),
        /** f(x) = tanh(x). */
        TANH(Activations::tanh, Activations::tanhGradient, false),
        /** f(x) = 1/(1 + e⁻ˣ). */
        SIGMOID(Activations::sigmoid, Activations::sigmoidGradient, false),
        /** f(x)_j = e^x_j / Σ_i e^x_i over the channels of a position. With a cross-entropy loss leave it out: the loss contains it. */
        SOFTMAX(null, null, false) {
            @Override
            void apply(int rows, int columns, int at, float[] x, float[] y) {
                Losses.softmax(rows, columns, x, at, y, at);
            }

            @Override
            void gradient(int rows, int columns, int at, float[] x, float[] y, float[] dy) {
                Losses.softmaxGradient(rows, columns, y, at, dy, at, dy, at);
            }
        };

        private final Kernel kernel;
        private final GradientKernel gradientKernel;
        private final boolean gradientFromInput;

        Function(Kernel kernel, GradientKernel gradientKernel, boolean gradientFromInput) {
            this.kernel = kernel;
            this.gradientKernel = gradientKernel;
            this.gradientFromInput = gradientFromInput;
        }

        /** y = f(x) for the elements from {@code at} on. */
        void apply(int rows, int columns, int at, float[] x, float[] y) {
            kernel.apply(rows * columns, x, at, y, at);
        }

        /** dy ← dy·f'(x) for the elements from {@code at} on. */
        void gradient(int rows, int columns, int at, float[] x, float[] y, float[] dy) {
            gradientKernel.apply(rows * columns, gradientFromInput ? x : y, at, dy, at, dy, at);
        }

        @FunctionalInterface
        private interface Kernel {
            void apply(int n, float[] x, int xOffset, float[] y, int yOffset);
        }

        @FunctionalInterface
        private interface GradientKernel {
            void apply(int n, float[] point, int offset, float[] dy, int dyOffset, float[] dx, int dxOffset);
        }
    }
}
