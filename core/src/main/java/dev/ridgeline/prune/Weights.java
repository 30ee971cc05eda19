package dev.ridgeline.prune;

import dev.ridgeline.layer.Parameter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The weights of some tensors that are not pruned yet, numbered 0..n-1 in the order of the tensors. */
final class Weights {
    private final List<Parameter> tensors;
    private final int[][] elements;
    private final int size;
    private final long total;

    Weights(List<Parameter> tensors) {
        this.tensors = tensors;
        elements = new int[tensors.size()][];
        long left = 0;
        long all = 0;
        for (int t = 0; t < elements.length; t++) {
            int length = tensors.get(t).value().length;
            BitSet pruned = pruned(tensors.get(t));
            pruned.flip(0, length);
            elements[t] = pruned.stream().toArray();
            left += elements[t].length;
            all += length;
        }
        size = Math.toIntExact(left);
        total = all;
    }

    /** Returns the elements of a tensor that are masked. */
    static BitSet pruned(Parameter tensor) {
        BitSet pruned = new BitSet(tensor.value().length);
        for (int i = 0; tensor.mask() != null && i < tensor.mask().length; i++) {
            pruned.set(i, tensor.mask()[i] == 0);
        }
        return pruned;
    }

    /** Masks elements of a tensor, in addition to those that are masked. */
    static void prune(Parameter tensor, BitSet elements) {
        if (elements.isEmpty()) {
            return;
        }
        float[] mask = new float[tensor.value().length];
        Arrays.fill(mask, 1);
        if (tensor.mask() != null) {
            System.arraycopy(tensor.mask(), 0, mask, 0, mask.length);
        }
        elements.stream().forEach(i -> mask[i] = 0);
        tensor.mask(mask);
    }

    int size() {
        return size;
    }

    /** Returns how many more to remove so that a fraction of all elements is pruned. */
    int toRemove(double fraction) {
        return (int) Math.max(0, Math.round(fraction * total) - (total - size));
    }

    double[] values() {
        double[] values = new double[size];
        int at = 0;
        for (int t = 0; t < elements.length; t++) {
            for (int element : elements[t]) {
                values[at++] = tensors.get(t).value()[element];
            }
        }
        return values;
    }

    /** Writes the values back, each to the nearest float. */
    void set(double[] values) {
        int at = 0;
        for (int t = 0; t < elements.length; t++) {
            for (int element : elements[t]) {
                tensors.get(t).value()[element] = (float) values[at++];
            }
        }
    }

    /** Copies the gradients of the last backward pass. */
    void gradients(double[] into) {
        int at = 0;
        for (int t = 0; t < elements.length; t++) {
            for (int element : elements[t]) {
                into[at++] = tensors.get(t).gradient()[element];
            }
        }
    }

    /** Returns the tensor of weight i. */
    Parameter tensor(int i) {
        return tensors.get(tensorOf(i));
    }

    /** Returns the place of weight i in its tensor. */
    int element(int i) {
        int t = tensorOf(i);
        return elements[t][i - first(t)];
    }

    private int tensorOf(int i) {
        int t = 0;
        while (i >= first(t + 1)) {
            t++;
        }
        return t;
    }

    private int first(int tensor) {
        int first = 0;
        for (int t = 0; t < tensor; t++) {
            first += elements[t].length;
        }
        return first;
    }

    /** Sets some of these weights to zero and masks them. */
    void prune(BitSet chosen) {
        int from = 0;
        for (int t = 0; t < elements.length; t++) {
            BitSet ofTensor = new BitSet();
            for (int i = 0; i < elements[t].length; i++) {
                if (chosen.get(from + i)) {
                    ofTensor.set(elements[t][i]);
                }
            }
            prune(tensors.get(t), ofTensor);
            from += elements[t].length;
        }
    }

    /** Returns the {@code count} smallest; of equal ones the first. */
    static BitSet smallest(int count, double[] saliency) {
        BitSet chosen = new BitSet(saliency.length);
        if (count == 0) {
            return chosen;
        }
        double[] sorted = saliency.clone();
        Arrays.sort(sorted);
        double threshold = sorted[count - 1];
        for (int i = 0; i < saliency.length; i++) {
            chosen.set(i, saliency[i] < threshold);
        }
        int missing = count - chosen.cardinality();
        for (int i = 0; missing > 0; i++) {
            if (saliency[i] == threshold) {
                chosen.set(i);
                missing--;
            }
        }
        return chosen;
    }
}
