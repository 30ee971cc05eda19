package dev.ridgeline.bench.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one step does, and what came of it.
 *
 * @param step the step
 * @param kernels what it does
 * @param measured where its time goes, or null if that could not be measured
 */
public record LedgerEntry(Step step, StepKernels kernels, LedgerTimer.Measured measured) {
    /** A kernel that takes this share of the step takes long. */
    private static final double LONG = 0.02;

    /** So much faster than the peak is more than the scatter of both. */
    private static final double NOTICED = 1.03;

    /**
     * A step whose time is known.
     *
     * @param model the model's name
     * @param regularizer the regularizer's name
     * @param nanos the time of a step, of the run that the ledger goes with
     * @param allocated the bytes that a step allocates; NaN where the VM does not tell
     */
    public record Step(String model, String regularizer, double nanos, double allocated) {
        @Override
        public String toString() {
            return model + " " + regularizer;
        }
    }

    /** One kernel with its time: negative where it is shorter than a reading of the clock can tell. */
    record TimedKernel(Kernel kernel, double nanos) {
        double gigaflops() {
            return kernel.demand().flops() / nanos;
        }

        double gigabytes() {
            return kernel.demand().bytes() / nanos;
        }

        /** Returns whether it is the same loop as another, in another step. */
        boolean does(Kernel other) {
            return kernel.toString().equals(other.toString());
        }
    }

    /** Returns GFLOP/s of the whole step. */
    double gigaflops() {
        return kernels.demand().flops() / step.nanos();
    }

    /** Returns GB/s of the whole step. */
    double gigabytes() {
        return kernels.demand().bytes() / step.nanos();
    }

    /** Returns the level that all arrays of the step lie in. */
    Ceilings.Bandwidth level(Ceilings ceilings) {
        return ceilings.holding(kernels.workingSet());
    }

    /** Returns the time that the step takes if each of its kernels is at the roof. */
    double roofNanos(Ceilings ceilings) {
        Ceilings.Bandwidth level = level(ceilings);
        return kernels.kernels().stream()
                .mapToDouble(kernel -> ceilings.nanos(kernel.demand(), level))
                .sum();
    }

    /** Returns the kernels with their times; needs a measurement. */
    List<TimedKernel> timed() {
        return IntStream.range(0, kernels.kernels().size())
                .mapToObj(i -> new TimedKernel(
                        kernels.kernels().get(i), measured.times().kernelNanos().get(i)))
                .toList();
    }

    /**
     * Returns whether a kernel that takes long enough to be timed well was faster than the peak, which cannot be; needs a
     * measurement.
     */
    boolean beats(Ceilings ceilings) {
        double least = LONG * measured.times().sumNanos();
        return timed().stream()
                .anyMatch(timed -> timed.nanos() >= least && timed.gigaflops() > NOTICED * ceilings.gigaflops());
    }

    /** Returns the time of a phase; needs a measurement. */
    double nanos(Phase phase) {
        return timed().stream()
                .filter(timed -> timed.kernel().phase() == phase)
                .mapToDouble(TimedKernel::nanos)
                .sum();
    }

    Map<String, Object> toMap(Ceilings ceilings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", step.model());
        map.put("regularizer", step.regularizer());
        put(map, kernels.demand());
        map.put("workingSetBytes", kernels.workingSet());
        map.put("nanosPerStep", step.nanos());
        map.put("bytesAllocated", step.allocated());
        map.put("gigaflops", gigaflops());
        map.put("gigabytes", gigabytes());
        if (ceilings != null) {
            map.put("level", level(ceilings).level());
            map.put("peakPercent", 100 * gigaflops() / ceilings.gigaflops());
            map.put("bandwidthPercent", 100 * gigabytes() / level(ceilings).gigabytes());
            map.put("roofNanos", roofNanos(ceilings));
        }
        if (measured != null) {
            map.put("split", split());
            map.put("counters", measured.counters());
        }
        return map;
    }

    private Map<String, Object> split() {
        StepTimes times = measured.times();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("wholeNanos", times.wholeNanos());
        map.put("sumNanos", times.sumNanos());
        map.put("differencePercent", 100 * times.difference());
        map.put("addsUp", times.addsUp());
        map.put("readingNanos", times.readingNanos());
        map.put(
                "kernels",
                timed().stream()
                        .map(timed -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("phase", timed.kernel().phase().toString());
                            one.put("layer", timed.kernel().layer());
                            one.put("name", timed.kernel().name());
                            put(one, timed.kernel().demand());
                            one.put("nanos", timed.nanos());
                            return one;
                        })
                        .toList());
        return map;
    }

    private static void put(Map<String, Object> map, Demand demand) {
        map.put("flops", demand.flops());
        map.put("bytes", demand.bytes());
        map.put("randomBits", demand.randomBits());
    }
}
