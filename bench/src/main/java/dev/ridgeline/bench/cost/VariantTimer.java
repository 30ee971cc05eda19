package dev.ridgeline.bench.cost;

/** Times one variant once. */
@FunctionalInterface
public interface VariantTimer {
    /**
     * Times a variant in a VM of its own.
     *
     * @param variant what to time
     * @return what came out
     * @throws CostException if it fails
     */
    Timing time(Variant variant);
}
