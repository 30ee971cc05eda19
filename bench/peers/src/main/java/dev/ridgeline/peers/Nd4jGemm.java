package dev.ridgeline.peers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J, whose products are OpenBLAS's. The result is stored by columns, which spares ND4J a copy. */
public class Nd4jGemm extends GemmPeer {
    private INDArray a;
    private INDArray b;
    private INDArray c;

    /** Makes an unset state; JMH sets it. */
    public Nd4jGemm() {}

    @Override
    protected void load(int m, int k, int n, float[] a, float[] b) {
        this.a = Nd4j.create(a, new long[] {m, k}, 'c');
        this.b = Nd4j.create(b, new long[] {k, n}, 'c');
        c = Nd4j.create(new long[] {m, n}, 'f');
    }

    @Override
    protected Object multiply() {
        return a.mmuli(b, c);
    }

    @Override
    protected float[] product() {
        return c.dup('c').data().asFloat();
    }
}
