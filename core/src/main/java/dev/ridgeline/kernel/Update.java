package dev.ridgeline.kernel;

/**
 * Fused parameter updates w ← P(rule(w, g + r'(w))): gradient, penalty, rule and projection in one pass over memory.
 *
 * <p>Each factory method returns a loop specialised to the classes of its penalty r and its projection P (see
 * {@link Specializer}); the loop is called with instances of just these classes. All arrays of one call are indexed
 * alike: element i of the gradient, of the state and of the weights belong together. The arithmetic is plain float
 * multiplication, addition, division and square root, rounded after each: {@link
 * dev.ridgeline.kernel.reference.Update} is the same in plain words.
 */
public final class Update {
    private Update() {}

    /** Stochastic gradient descent: w ← P(w - η·(g + r'(w))). Moves 12 bytes an element. */
    public interface Sgd {
        /**
         * Updates the weights from..to-1.
         *
         * @param rate the learning rate η
         * @param penalty r
         * @param projection P
         * @param from the first element
         * @param to the element after the last
         * @param g the gradient of the data loss; not modified
         * @param w the weights; modified
         */
        void step(
                float rate,
                PenaltyGradient penalty,
                WeightProjection projection,
                int from,
                int to,
                float[] g,
                float[] w);
    }

    /**
     * Gradient descent with momentum, as PyTorch does it: d = g + r'(w); v ← μ·v + d; w ← P(w - η·v), with Nesterov w ←
     * P(w - η·(d + μ·v)). From v = 0 the first step gives v = d. Moves 20 bytes an element.
     */
    public interface Momentum {
        /**
         * Updates the weights from..to-1.
         *
         * @param rate the learning rate η
         * @param momentum μ
         * @param penalty r
         * @param projection P
         * @param from the first element
         * @param to the element after the last
         * @param g the gradient of the data loss; not modified
         * @param v the velocity; modified
         * @param w the weights; modified
         */
        void step(
                float rate,
                float momentum,
                PenaltyGradient penalty,
                WeightProjection projection,
                int from,
                int to,
                float[] g,
                float[] v,
                float[] w);
    }

    /**
     * Adam (Kingma and Ba, 2015), as PyTorch does it: d = g + r'(w); m ← m + (1-β₁)(d - m); v ← β₂·v + (1-β₂)·d²; w ←
     * P(w - η/(1-β₁ᵗ)·m / (√v/√(1-β₂ᵗ) + ε)). Moves 28 bytes an element.
     */
    public interface Adam {
        /**
         * Updates the weights from..to-1.
         *
         * @param rate η/(1-β₁ᵗ), the learning rate with the bias correction of m
         * @param root 1/√(1-β₂ᵗ), the bias correction of √v
         * @param decay1 1-β₁
         * @param beta2 β₂
         * @param decay2 1-β₂
         * @param epsilon ε
         * @param penalty r
         * @param projection P
         * @param from the first element
         * @param to the element after the last
         * @param g the gradient of the data loss; not modified
         * @param m the first moment; modified
         * @param v the second moment; modified
         * @param w the weights; modified
         */
        void step(
                float rate,
                float root,
                float decay1,
                float beta2,
                float decay2,
                float epsilon,
                PenaltyGradient penalty,
                WeightProjection projection,
                int from,
                int to,
                float[] g,
                float[] m,
                float[] v,
                float[] w);
    }

    /** The gradient of an activity penalty: dy ← dy + s·r'(y). Moves 12 bytes an element. */
    public interface Activity {
        /**
         * Adds the penalty's gradient to dy from..to-1.
         *
         * @param scale s
         * @param penalty r
         * @param from the first element
         * @param to the element after the last
         * @param y the activations; not modified
         * @param dy the gradient of the loss to them; modified
         */
        void add(float scale, PenaltyGradient penalty, int from, int to, float[] y, float[] dy);
    }

    /**
     * Returns the loop of plain gradient descent for these classes.
     *
     * @param penalty the penalty it will be called with
     * @param projection the projection it will be called with
     * @return the loop
     */
    public static Sgd sgd(PenaltyGradient penalty, WeightProjection projection) {
        return Specializer.specialize(Sgd.class, SgdLoop.class, penalty, projection);
    }

    /**
     * Returns the loop of momentum for these classes.
     *
     * @param nesterov whether the step looks ahead
     * @param penalty the penalty it will be called with
     * @param projection the projection it will be called with
     * @return the loop
     */
    public static Momentum momentum(boolean nesterov, PenaltyGradient penalty, WeightProjection projection) {
        Class<? extends Momentum> loop = nesterov ? NesterovLoop.class : MomentumLoop.class;
        return Specializer.specialize(Momentum.class, loop, penalty, projection);
    }

    /**
     * Returns the loop of Adam for these classes.
     *
     * @param penalty the penalty it will be called with
     * @param projection the projection it will be called with
     * @return the loop
     */
    public static Adam adam(PenaltyGradient penalty, WeightProjection projection) {
        return Specializer.specialize(Adam.class, AdamLoop.class, penalty, projection);
    }

    /**
     * Returns the loop that adds an activity penalty's gradient for this class.
     *
     * @param penalty the penalty it will be called with
     * @return the loop
     */
    public static Activity activity(PenaltyGradient penalty) {
        return Specializer.specialize(Activity.class, ActivityLoop.class, penalty, WeightProjection.NONE);
    }
}
