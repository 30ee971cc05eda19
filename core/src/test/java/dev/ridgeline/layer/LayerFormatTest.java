package dev.ridgeline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class LayerFormatTest {
    private static SequencedMap<String, String> convolution() {
        Layer<?> layer = new Conv2D(4, 2, 3).strides(1, 2).padding(Padding.SAME);
        layer.build("conv", Shape.of(4, 5, 2), 0);
        return LayerFormat.write(layer);
    }

    @Test
    void windowsComeBack() {
        SequencedMap<String, String> text = convolution();
        assertEquals("2 x 3", text.get("window"));
        assertEquals("1 x 2", text.get("strides"));
        List<Layer<?>> layers = List.of(
                new Conv1D(3, 2).strides(2),
                new Conv2D(4, 2, 3).strides(1, 2).padding(Padding.SAME),
                new Conv3D(2, 1, 2, 3).strides(3, 2, 1),
                new MaxPool1D(3),
                new MaxPool2D(2, 3).strides(1, 2).padding(Padding.SAME),
                new MaxPool3D(1, 2, 3).strides(3, 2, 1),
                new AveragePool1D(3).strides(1),
                new AveragePool2D(2, 3),
                new AveragePool3D(1, 2, 3).padding(Padding.SAME));
        for (Layer<?> layer : layers) {
            int rank = layer.kind().charAt(layer.kind().length() - 2) - '0';
            Shape rows = new Shape(List.of(6, 7, 8, 2).subList(3 - rank, 4));
            layer.build("a", rows, 0);
            Layer<?> same = LayerFormat.read(LayerFormat.write(layer));
            same.build("a", rows, 0);
            assertEquals(layer.outputShape(), same.outputShape());
            assertEquals(LayerFormat.write(layer), LayerFormat.write(same));
        }
    }

    @Test
    void aChangedWindowIsRefused() {
        refused("window", "2", "window is 2; it must have as many numbers as the kind has dimensions: 2");
        refused("window", "2 x 3 x 4", "window is 2 x 3 x 4; it must have");
        refused("window", "2 x many", "a number");
        refused("window", "0 x 3", "size is 0 x 3");
        refused("window", "70000 x 70000", "make the window smaller");
        refused("strides", "1 x 0", "strides is 1 x 0");
        refused("padding", "WRAP", "one of [VALID, SAME]");
        refused("filters", "0", "filters is 0");
        refused("kind", "Conv4D", "no layer of this release");
        refused("kind", "Conv1D", "window is 2 x 3; it must have");
    }

    private static void refused(String key, String value, String part) {
        SequencedMap<String, String> text = convolution();
        assertTrue(text.containsKey(key), key);
        text.put(key, value);
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> LayerFormat.read(text).build("conv", Shape.of(4, 5, 2), 0));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
