package dev.ridgeline.peers;

import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** EJML: scalar Java, one thread. */
public class EjmlGemm extends GemmPeer {
    private FMatrixRMaj a;
    private FMatrixRMaj b;
    private FMatrixRMaj c;

    /** Makes an unset state; JMH sets it. */
    public EjmlGemm() {}

    @Override
    protected void load(int m, int k, int n, float[] a, float[] b) {
        this.a = FMatrixRMaj.wrap(m, k, a);
        this.b = FMatrixRMaj.wrap(k, n, b);
        c = new FMatrixRMaj(m, n);
    }

    @Override
    protected Object multiply() {
        return CommonOps_FDRM.mult(a, b, c);
    }

    @Override
    protected float[] product() {
        return c.data;
    }
}
