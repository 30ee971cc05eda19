package dev.ridgeline.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.train.Model;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mask keeps elements at zero. */
class ParameterTest {
    private final Model model =
            Model.inputs(2).add(new Dense(2).name("d")).add(new BatchNorm()).build();
    private final Parameter kernel = model.parameters().getFirst();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void pruned() {
        kernel.set(new float[] {1, 2, 3, 4});
        assertNull(kernel.mask());
        float[] mask = {1, 0, 1, 1};
        kernel.mask(mask);
        assertArrayEquals(new float[] {1, 0, 3, 4}, kernel.value());
        mask[0] = 0;
        assertArrayEquals(new float[] {1, 0, 1, 1}, kernel.mask(), "a copy");
    }

    @Test
    void staysPrunedWhenSet() {
        kernel.mask(new float[] {1, 0, 1, 1});
        kernel.set(new float[] {5, 6, 7, 8});
        assertArrayEquals(new float[] {5, 0, 7, 8}, kernel.value());
        kernel.mask(null);
        kernel.set(new float[] {5, 6, 7, 8});
        assertArrayEquals(new float[] {5, 6, 7, 8}, kernel.value());
    }

    @Test
    void refusesAMaskThatDoesNotFit() {
        Exception length = assertThrows(IllegalArgumentException.class, () -> kernel.mask(new float[3]));
        assertEquals(
                "Dense \"d\" kernel holds 2 x 2 values, the mask 3; give one number for each value",
                length.getMessage());
        for (float wrong : new float[] {0.5f, -1, Float.NaN}) {
            Exception number =
                    assertThrows(IllegalArgumentException.class, () -> kernel.mask(new float[] {1, 0, wrong, 1}));
            assertEquals(
                    "Dense \"d\" kernel: element 2 of the mask is " + wrong
                            + "; give 0 to prune the element, 1 to leave it",
                    number.getMessage());
        }
        Parameter mean = model.parameters().get(4);
        Exception statistic = assertThrows(IllegalStateException.class, () -> mean.mask(new float[] {1, 1}));
        assertEquals(
                "BatchNorm \"batchnorm1\" moving mean is a running statistic; prune trained tensors only",
                statistic.getMessage());
    }
}
