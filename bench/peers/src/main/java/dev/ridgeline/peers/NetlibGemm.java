package dev.ridgeline.peers;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jmh.annotations.Param;

/** netlib's BLAS: in Java on the Vector API, or the system's native one. */
public class NetlibGemm extends GemmPeer {
    /** Which one. */
    @Param({"vector", "native"})
    public String implementation;

    /** It says on standard error which BLAS it has chosen; {@link #vectorBlas} checks that. */
    private static final Logger LOGGER = Logger.getLogger("dev.ludovic.netlib");

    private BLAS blas;
    private int m;
    private int k;
    private int n;
    private float[] a;
    private float[] b;
    private float[] c;

    /** Makes an unset state; JMH sets it. */
    public NetlibGemm() {}

    @Override
    protected void load(int m, int k, int n, float[] a, float[] b) {
        LOGGER.setLevel(Level.SEVERE);
        blas = implementation.equals("native") ? nativeBlas() : vectorBlas();
        this.m = m;
        this.k = k;
        this.n = n;
        this.a = a;
        this.b = b;
        c = new float[m * n];
    }

    private static BLAS vectorBlas() {
        BLAS blas = JavaBLAS.getInstance();
        if (!blas.getClass().getSimpleName().equals("VectorBLAS")) {
            throw new IllegalStateException(
                    "got " + blas.getClass().getName() + "; start with --add-modules=jdk.incubator.vector");
        }
        return blas;
    }

    private static BLAS nativeBlas() {
        try {
            return NativeBLAS.getInstance();
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException("not installed: a system BLAS (libblas.so.3)", e);
        }
    }

    /** BLAS stores columns: it computes the transposed product Cᵀ = BᵀAᵀ. */
    @Override
    protected Object multiply() {
        blas.sgemm("N", "N", n, m, k, 1, b, n, a, k, 0, c, n);
        return c;
    }

    @Override
    protected float[] product() {
        return c;
    }
}
