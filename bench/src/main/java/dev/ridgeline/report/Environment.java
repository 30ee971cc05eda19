package dev.ridgeline.report;

import dev.ridgeline.bench.Build;
import dev.ridgeline.kernel.Kernels;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a result was measured with; every report names it.
 *
 * @param machine the machine
 * @param os the operating system and its version
 * @param jdk the JDK's vendor and version
 * @param flags the options that the VM was started with
 * @param kernels which kernels run
 * @param threads the threads of a training step
 * @param version the release of Ridgeline
 * @param commit the commit it was built from, or {@code unknown}
 */
public record Environment(
        Machine machine,
        String os,
        String jdk,
        List<String> flags,
        String kernels,
        int threads,
        String version,
        String commit) {
    /**
     * Describes this VM.
     *
     * @param threads the threads of a training step
     * @return the environment
     */
    public static Environment current(int threads) {
        Build build = Build.current();
        return new Environment(
                Machine.current(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                List.copyOf(ManagementFactory.getRuntimeMXBean().getInputArguments()),
                Kernels.describe(),
                threads,
                build.version(),
                build.commit());
    }

    /**
     * Returns the environment as it stands in a JSON file.
     *
     * @return the components by name, those of the machine among them, in a fixed order
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>(machine.toMap());
        map.put("os", os);
        map.put("jdk", jdk);
        map.put("flags", flags);
        map.put("kernels", kernels);
        map.put("threads", threads);
        map.put("version", version);
        map.put("commit", commit);
        return map;
    }
}
