package dev.ridgeline.kernel;

import dev.ridgeline.kernel.reference.Fma;
import java.lang.System.Logger.Level;

/**
 * Which implementation of the kernels runs in this VM: SIMD (Vector API) or the scalar reference loops. Both give the
 * same bits; only their speed differs.
 *
 * <p>The vector kernels need the module {@code jdk.incubator.vector}, HotSpot's optimizing compiler and a hardware fma.
 * Where one is missing the reference kernels run, after one warning that names the remedy. The system property {@code
 * ridgeline.kernels=vector|reference} forces the choice.
 */
public final class Kernels {
    /** The system property that forces the choice. */
    public static final String PROPERTY = "ridgeline.kernels";

    /** The module that the vector kernels need. */
    private static final String MODULE = "jdk.incubator.vector";

    /** True if the vector kernels run. A constant for the JIT. */
    static final boolean VECTOR = choose();

    /**
     * Until C2 has compiled it, vector code is up to a hundred times slower than scalar code, and it takes C2 some tenths of
     * a second. So a VM begins with the scalar kernels, for about as long. A short program never pays for vectors, a long
     * one loses the work of a few milliseconds on vectors.
     */
    private static final long COLD = 2_000_000_000L;

    /** What a call of a kernel counts beside its flops. */
    private static final long CALL = 2_000;

    /** Flops until the vector kernels start. Threads may count at once: it need not be exact. */
    private static long cold = VECTOR && System.getProperty(PROPERTY) == null ? COLD : 0;

    private Kernels() {}

    /**
     * Returns whether a loop over n elements runs on vectors. The vector kernels of functions are never called for less
     * than one vector: C2 judges by the loop's mean number of turns whether to inline the function into it, and many
     * calls without a turn would leave the vectors boxed in the calls that do turn.
     */
    static boolean vector(int n) {
        return vectorAfter(16L * n) && n >= VectorShapes.LANES;
    }

    /** Returns whether a loop of so many flops runs on vectors; a cold VM does it without them, which is counted. */
    static boolean vectorAfter(long flops) {
        if (cold > 0) {
            cold -= flops + CALL;
            return false;
        }
        return VECTOR;
    }

    /**
     * Says how much work is to come. If it is long, vector kernels are compiled at once.
     *
     * @param flops an estimate of its flops
     */
    public static void expect(double flops) {
        if (flops > COLD) {
            cold = 0;
        }
    }

    /**
     * Says which kernels run, for reports.
     *
     * @return for example {@code "vector 512-bit"} or {@code "reference"}, with {@code " (emulated fma)"} where it is
     */
    public static String describe() {
        return VECTOR
                ? "vector " + VectorShapes.bits() + "-bit"
                : "reference" + (Fma.hardware() ? "" : " (emulated fma)");
    }

    private static boolean choose() {
        boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
        String forced = System.getProperty(PROPERTY);
        if (forced != null) {
            return switch (forced) {
                case "reference" -> false;
                case "vector" -> {
                    if (!present) {
                        throw new IllegalStateException(PROPERTY + "=vector, but the module " + MODULE
                                + " is not there: start java with --add-modules=" + MODULE);
                    }
                    yield true;
                }
                default ->
                    throw new IllegalStateException(
                            PROPERTY + "=" + forced + " is unknown: use vector or reference, or leave it out");
            };
        }
        String refusal = refusal(present);
        if (refusal == null) {
            return true;
        }
        System.getLogger("dev.ridgeline")
                .log(Level.WARNING, "Ridgeline runs its scalar reference kernels (same results, slower): " + refusal);
        return false;
    }

    /** Returns why the vector kernels are unfit here and what to do about it, or null if they are fit. */
    private static String refusal(boolean present) {
        if (!present) {
            return "start java with --add-modules=" + MODULE;
        }
        String vm = System.getProperty("java.vm.name", "");
        String mode = System.getProperty("java.vm.info", "");
        if (!vm.contains("Server VM")) {
            return "the VM is \"" + vm + "\", not HotSpot's Server VM";
        }
        if (mode.contains("interpreted") || mode.contains("emulated-client")) {
            return "the optimizing compiler is off (\"" + mode + "\"); remove -Xint or -XX:TieredStopAtLevel";
        }
        if (!Fma.hardware()) {
            return "no hardware fma on this machine or under these flags (-XX:UseAVX, -XX:-UseFMA)";
        }
        if (VectorShapes.bits() < 128) {
            return "vectors are only " + VectorShapes.bits() + " bits wide (-XX:MaxVectorSize)";
        }
        return null;
    }
}
