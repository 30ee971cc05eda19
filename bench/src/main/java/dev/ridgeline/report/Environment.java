package dev.ridgeline.report;

import dev.ridgeline.bench.Build;
import dev.ridgeline.kernel.Kernels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a result was measured with; every report names it.
 *
 * @param cpu the processor's model, or its architecture where the system does not say
 * @param cores the processors that this VM may use
 * @param os the operating system and its version
 * @param jdk the JDK's vendor and version
 * @param flags the options that the VM was started with
 * @param kernels which kernels run
 * @param threads the threads of a training step
 * @param version the release of Ridgeline
 * @param commit the commit it was built from, or {@code unknown}
 */
public record Environment(
        String cpu,
        int cores,
        String os,
        String jdk,
        List<String> flags,
        String kernels,
        int threads,
        String version,
        String commit) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /**
     * Describes this VM.
     *
     * @param threads the threads of a training step
     * @return the environment
     */
    public static Environment current(int threads) {
        Build build = Build.current();
        return new Environment(
                cpu(CPU_INFO),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                List.copyOf(ManagementFactory.getRuntimeMXBean().getInputArguments()),
                Kernels.describe(),
                threads,
                build.version(),
                build.commit());
    }

    /** Reads the processor's model where Linux tells it. */
    static String cpu(Path cpuInfo) {
        try (var lines = Files.lines(cpuInfo)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /**
     * Returns the environment as it stands in a JSON file.
     *
     * @return the components by name, in a fixed order
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cpu", cpu);
        map.put("cores", cores);
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
