package dev.ridgeline.kernel;

import dev.ridgeline.kernel.Window.Axis;
import java.util.List;

/** Windows that break loops: every number of dimensions, both paddings, strides, and channels around the lanes. */
final class Windows {
    private Windows() {}

    static List<Window> all() {
        return List.of(
                new Window(Axis.NONE, Axis.NONE, Axis.NONE, 1),
                new Window(Axis.NONE, Axis.NONE, Axis.valid(7, 3, 1), 5),
                new Window(Axis.NONE, Axis.NONE, Axis.same(6, 2, 1), 1),
                new Window(Axis.NONE, Axis.NONE, Axis.valid(11, 2, 4), 3),
                new Window(Axis.NONE, Axis.NONE, Axis.same(2, 7, 1), 4),
                new Window(Axis.NONE, Axis.same(1, 3, 1), Axis.same(1, 3, 1), 17),
                new Window(Axis.NONE, Axis.valid(5, 3, 1), Axis.valid(6, 3, 1), 16),
                new Window(Axis.NONE, Axis.same(5, 3, 1), Axis.same(6, 3, 1), 1),
                new Window(Axis.NONE, Axis.same(5, 4, 2), Axis.same(7, 2, 3), 33),
                new Window(Axis.NONE, Axis.same(4, 2, 1), Axis.same(4, 2, 1), 8),
                new Window(Axis.NONE, Axis.valid(6, 1, 1), Axis.valid(5, 2, 1), 32),
                new Window(Axis.NONE, Axis.same(3, 5, 2), Axis.valid(9, 2, 3), 2),
                new Window(Axis.valid(3, 2, 1), Axis.same(4, 3, 2), Axis.same(5, 2, 1), 3),
                new Window(Axis.same(3, 3, 2), Axis.valid(4, 2, 1), Axis.same(3, 4, 1), 31),
                new Window(Axis.same(2, 3, 1), Axis.same(3, 3, 1), Axis.same(4, 3, 2), 1));
    }
}
