package dev.ridgeline.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.openjdk.jmh.annotations.TearDown;

/** DJL, whose products are PyTorch's. Its matMul makes a new array each time. */
public class DjlGemm extends GemmPeer {
    private NDManager manager;
    private NDArray a;
    private NDArray b;

    /** Makes an unset state; JMH sets it. */
    public DjlGemm() {}

    @Override
    protected void load(int m, int k, int n, float[] a, float[] b) {
        manager = NDManager.newBaseManager();
        this.a = manager.create(a, new Shape(m, k));
        this.b = manager.create(b, new Shape(k, n));
    }

    @Override
    protected Object multiply() {
        try (NDArray c = a.matMul(b)) {
            return c;
        }
    }

    @Override
    protected float[] product() {
        try (NDArray c = a.matMul(b)) {
            return c.toFloatArray();
        }
    }

    /** Frees the operands. */
    @TearDown
    public void close() {
        manager.close();
    }
}
