package dev.ridgeline.train;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.Updater;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.schedule.Constant;
import dev.ridgeline.schedule.Schedule;
import java.util.List;

/** Updates of one tensor alone, by an optimizer with state of its own: the model that it is taken from does not notice. */
final class Trial {
    private final Parameter tensor;
    private final Updater updater;
    private final Team team = new Team(1);

    private Trial(Optimizer optimizer, Parameter tensor) {
        this.tensor = tensor;
        updater = optimizer.bind(List.of(tensor));
    }

    static Trial plain(Optimizer optimizer, Parameter like) {
        return new Trial(optimizer, like.trial(null, null, new Constant(), null));
    }

    static Trial with(Optimizer optimizer, Parameter like, Regularizer penalty, Schedule strength) {
        return new Trial(optimizer, like.trial(penalty, null, strength, null));
    }

    static Trial with(Optimizer optimizer, Parameter like, TensorRegularizer penalty, Schedule strength) {
        return new Trial(optimizer, like.trial(null, penalty, strength, null));
    }

    static Trial with(Optimizer optimizer, Parameter like, Constraint constraint) {
        return new Trial(optimizer, like.trial(null, null, new Constant(), constraint));
    }

    /** Returns the weights after one update from w with gradient g, in a buffer that is valid until the next. */
    float[] step(int step, double factor, float[] w, float[] g) {
        System.arraycopy(w, 0, tensor.value(), 0, w.length);
        System.arraycopy(g, 0, tensor.gradient(), 0, w.length);
        updater.step(team, step, factor);
        return tensor.value();
    }

    /** Takes over the optimizer's state of another trial of the same tensor. */
    void stateOf(Trial other) {
        for (int i = 0; i < updater.states().size(); i++) {
            float[] from = other.updater.states().get(i).values();
            System.arraycopy(from, 0, updater.states().get(i).values(), 0, from.length);
        }
    }

    /** Sets the optimizer's state to zero. */
    void reset() {
        updater.reset();
    }
}
