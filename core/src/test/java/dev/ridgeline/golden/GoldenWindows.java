package dev.ridgeline.golden;

import static dev.ridgeline.golden.GoldenCase.number;
import static dev.ridgeline.golden.GoldenCase.string;

import dev.ridgeline.layer.AveragePool1D;
import dev.ridgeline.layer.AveragePool2D;
import dev.ridgeline.layer.AveragePool3D;
import dev.ridgeline.layer.Conv1D;
import dev.ridgeline.layer.Conv2D;
import dev.ridgeline.layer.Conv3D;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.MaxPool1D;
import dev.ridgeline.layer.MaxPool2D;
import dev.ridgeline.layer.MaxPool3D;
import dev.ridgeline.layer.Padding;
import java.util.List;
import java.util.Map;

/** The layers of a golden case whose window slides over positions. */
final class GoldenWindows {
    private GoldenWindows() {}

    static Layer<?> convolution(Map<String, Object> part) {
        int filters = (int) number(part, "filters");
        int[] k = sizes(part, "kernelSize", null);
        int[] s = sizes(part, "strides", new int[] {1, 1, 1});
        Padding padding = padding(part);
        String type = string(part, "type");
        return switch (type) {
            case "Conv1D" -> new Conv1D(filters, k[0]).strides(s[0]).padding(padding);
            case "Conv2D" -> new Conv2D(filters, k[0], k[1]).strides(s[0], s[1]).padding(padding);
            case "Conv3D" ->
                new Conv3D(filters, k[0], k[1], k[2]).strides(s[0], s[1], s[2]).padding(padding);
            default -> throw GoldenTypes.unknown("layer", type);
        };
    }

    static Layer<?> pool(Map<String, Object> part) {
        int[] k = sizes(part, "poolSize", null);
        int[] s = sizes(part, "strides", k);
        Padding padding = padding(part);
        String type = string(part, "type");
        return switch (type) {
            case "MaxPool1D" -> new MaxPool1D(k[0]).strides(s[0]).padding(padding);
            case "MaxPool2D" -> new MaxPool2D(k[0], k[1]).strides(s[0], s[1]).padding(padding);
            case "MaxPool3D" ->
                new MaxPool3D(k[0], k[1], k[2]).strides(s[0], s[1], s[2]).padding(padding);
            case "AveragePool1D" -> new AveragePool1D(k[0]).strides(s[0]).padding(padding);
            case "AveragePool2D" ->
                new AveragePool2D(k[0], k[1]).strides(s[0], s[1]).padding(padding);
            case "AveragePool3D" ->
                new AveragePool3D(k[0], k[1], k[2]).strides(s[0], s[1], s[2]).padding(padding);
            default -> throw GoldenTypes.unknown("layer", type);
        };
    }

    /** Returns one number for each axis; a single number stands for all. */
    private static int[] sizes(Map<String, Object> part, String name, int[] otherwise) {
        return switch (part.get(name)) {
            case List<?> list ->
                list.stream().mapToInt(n -> ((Number) n).intValue()).toArray();
            case Number n -> new int[] {n.intValue(), n.intValue(), n.intValue()};
            case null, default -> {
                if (otherwise == null) {
                    throw new AssertionError("the case has no sizes " + name + " in " + part.keySet());
                }
                yield otherwise;
            }
        };
    }

    private static Padding padding(Map<String, Object> part) {
        String name = part.get("padding") == null ? "valid" : string(part, "padding");
        return switch (name) {
            case "valid" -> Padding.VALID;
            case "same" -> Padding.SAME;
            default -> throw GoldenTypes.unknown("padding", name);
        };
    }
}
