package dev.ridgeline.layer;

/** What a window that slides over positions does at their ends. */
public enum Padding {
    /** It stays inside: ⌊(inputs - size)/stride⌋ + 1 outputs along an axis. */
    VALID,
    /**
     * It starts at every multiple of the stride: ⌈inputs/stride⌉ outputs along an axis. The row is padded by max(0, (outputs
     * - 1)·stride + size - inputs) cells, half of them before it; an odd one is at the end (TensorFlow's rule).
     */
    SAME
}
