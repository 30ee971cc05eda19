package dev.ridgeline.kernel;

/**
 * Fused parameter updates w ← P(prox(rule(w, g + s·r'(w)))): gradient, penalty, rule, proximal step and projection in one
 * pass over memory. A penalty r has either a derivative r' or a proximal step; the other one does nothing and costs nothing.
 *
 * <p>Each factory method returns a loop specialised to the classes of its penalty r and its projection P (see
 * {@link Specializer}); the loop is called with instances of just these classes. All arrays of one call are indexed
 * alike: element i of the gradient, of the state and of the weights belong together. The arithmetic is plain float
 * multiplication, addition, division and square root, rounded after each: {@link
 * dev.ridgeline.kernel.reference.Update} is the same in plain words.
 *
 * <p>Moments and velocities are settled: x becomes (x + 2⁻⁸⁰) - 2⁻⁸⁰. That changes x by one rounding or by less than 10⁻³¹,
 * and not at all above 10⁻¹⁶. Without it the moments of a weight whose gradient has become 0, as behind a dead unit,
 * shrink to subnormal numbers, which round to themselves for ever, and with which processors compute a hundred times
 * slower.
 */
public final class Update {
    /** Far above the subnormal numbers, far below all that moves a weight. */
    private static final float SETTLED = 0x1p-80f;

    private Update() {}

    /** Returns x without what is too small to matter: x itself, or a multiple of 2⁻¹⁰⁴. */
    static float settled(float x) {
        return x + SETTLED - SETTLED;
    }

    /** Stochastic gradient descent: w ← P(prox(w - η·(g + s·r'(w)), η·s)). Moves 12 bytes an element. */
    public interface Sgd {
        /**
         * Updates the weights from..to-1.
         *
         * @param rate the learning rate η
         * @param strength s, the factor of the penalty
         * @param penalty r
         * @param projection P
         * @param from the first element
         * @param to the element after the last
         * @param g the gradient of the data loss; not modified
         * @param w the weights; modified
         */
        void step(
                float rate,
                float strength,
                PenaltyGradient penalty,
                WeightProjection projection,
                int from,
                int to,
                float[] g,
                float[] w);
    }

    /**
     * Gradient descent with momentum, as PyTorch does it: d = g + s·r'(w); v ← μ·v + d; w ← P(prox(w - η·v, t)), with
     * Nesterov η·(d + μ·v) in place of η·v. From v = 0 the first step gives v = d. The proximal step has the length t =
     * η·s/(1-μ), because a steady gradient moves w by η·g/(1-μ): at rest loss and penalty are then in balance. Moves 20
     * bytes an element.
     */
    public interface Momentum {
        /**
         * Updates the weights from..to-1.
         *
         * @param rate the learning rate η
         * @param momentum μ
         * @param strength s, the factor of the penalty
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
                float strength,
                PenaltyGradient penalty,
                WeightProjection projection,
                int from,
                int to,
                float[] g,
                float[] v,
                float[] w);
    }

    /**
     * Adam (Kingma and Ba, 2015), as PyTorch does it: d = g + s·r'(w); m ← m + (1-β₁)(d - m); v ← β₂·v +
     * (1-β₂)·d²; w ← P(prox(κ·w - η/(1-β₁ᵗ)·m/u, t/u)) with u = √v/√(1-β₂ᵗ) + ε. AdamW (Loshchilov and Hutter, 2019) is
     * the same with κ = 1 - η·(weight decay) below 1. Moves 28 bytes an element.
     */
    public interface Adam {
        /**
         * Updates the weights from..to-1.
         *
         * @param rate η/(1-β₁ᵗ), the learning rate with the bias correction of m
         * @param correction 1/√(1-β₂ᵗ), the bias correction of √v
         * @param decay1 1-β₁
         * @param beta2 β₂
         * @param decay2 1-β₂
         * @param epsilon ε
         * @param keep κ, what weight decay leaves of a weight; 1 without it
         * @param t the proximal step before it is divided by u: η·s
         * @param strength s, the factor of the penalty
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
                float correction,
                float decay1,
                float beta2,
                float decay2,
                float epsilon,
                float keep,
                float t,
                float strength,
                PenaltyGradient penalty,
                WeightProjection projection,
                int from,
                int to,
                float[] g,
                float[] m,
                float[] v,
                float[] w);
    }

    /**
     * RMSprop (Tieleman and Hinton, 2012), as PyTorch does it: d = g + s·r'(w); v ← ρ·v + (1-ρ)·d²; w ← P(prox(w - η·d/u,
     * η·s/u)) with u = √v + ε. Moves 20 bytes an element.
     */
    public interface RmsProp {
        /**
         * Updates the weights from..to-1.
         *
         * @param rate the learning rate η
         * @param rho ρ
         * @param decay 1-ρ
         * @param epsilon ε
         * @param strength s, the factor of the penalty
         * @param penalty r
         * @param projection P
         * @param from the first element
         * @param to the element after the last
         * @param g the gradient of the data loss; not modified
         * @param v the mean square of the gradient; modified
         * @param w the weights; modified
         */
        void step(
                float rate,
                float rho,
                float decay,
                float epsilon,
                float strength,
                PenaltyGradient penalty,
                WeightProjection projection,
                int from,
                int to,
                float[] g,
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
     * Returns the loop of RMSprop for these classes.
     *
     * @param penalty the penalty it will be called with
     * @param projection the projection it will be called with
     * @return the loop
     */
    public static RmsProp rmsProp(PenaltyGradient penalty, WeightProjection projection) {
        return Specializer.specialize(RmsProp.class, RmsPropLoop.class, penalty, projection);
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
