package dev.ridgeline.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The machine that a result was measured on, as Linux describes it. What a system does not tell is {@code unknown}.
 *
 * @param cpu the processor's model, or its architecture where the system does not say
 * @param vectorFlags those of the processor's features that vector code may use
 * @param cores the processors that this VM may use
 * @param caches the caches of the first processor
 * @param governor what chooses the processors' frequency
 * @param quota the processors' worth of time that the container may use
 */
public record Machine(String cpu, List<String> vectorFlags, int cores, String caches, String governor, String quota) {
    private static final String UNKNOWN = "unknown";

    /** Fused multiply-add and vectors, as x86 (flags) and ARM (Features) call them. */
    private static final Pattern VECTOR_FLAG =
            Pattern.compile("sse4_[12]|f16c|fma|avx.*|amx.*|neon|asimd.*|fphp|sve.*|sme\\d*|rvv");

    /** Copies the flags. */
    public Machine {
        vectorFlags = List.copyOf(vectorFlags);
    }

    /**
     * Describes this machine.
     *
     * @return the machine
     */
    public static Machine current() {
        return read(Path.of("/"));
    }

    /** Reads the trees {@code proc} and {@code sys} below a root. */
    static Machine read(Path root) {
        Path processors = root.resolve("sys/devices/system/cpu");
        Path info = root.resolve("proc/cpuinfo");
        return new Machine(
                value(info, "model name", System.getProperty("os.arch")),
                Stream.of(value(info, "flags", value(info, "Features", UNKNOWN)).split(" "))
                        .filter(flag -> flag.equals(UNKNOWN)
                                || VECTOR_FLAG.matcher(flag).matches())
                        .toList(),
                Runtime.getRuntime().availableProcessors(),
                caches(processors.resolve("cpu0/cache")),
                governor(processors),
                CpuQuota.read(root));
    }

    /** Returns the first value of a name in a file of lines {@code name : value}. */
    private static String value(Path info, String name, String otherwise) {
        Pattern line = Pattern.compile(name + "\\s*:\\s*(.*?)\\s*");
        return lines(info).stream()
                .map(line::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse(otherwise);
    }

    /** Returns for example {@code L1d 48K, L1i 32K, L2 2048K, L3 32M shared by processors 0-15}. */
    private static String caches(Path caches) {
        String all = folders(caches, "index\\d+").stream().map(Machine::cache).collect(Collectors.joining(", "));
        return all.isEmpty() ? UNKNOWN : all;
    }

    private static String cache(Path cache) {
        String level = line(cache.resolve("level"));
        String kind = line(cache.resolve("type"));
        String letter = kind.equals("Data") ? "d" : kind.equals("Instruction") ? "i" : "";
        String sharedBy = line(cache.resolve("shared_cpu_list"));
        return "L" + level + letter + " " + line(cache.resolve("size"))
                + (sharedBy.matches("\\d+|" + UNKNOWN) ? "" : " shared by processors " + sharedBy);
    }

    private static String governor(Path processors) {
        String governors = folders(processors, "cpu\\d+").stream()
                .map(processor -> line(processor.resolve("cpufreq/scaling_governor")))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
        return governors.isEmpty() ? UNKNOWN : governors;
    }

    private static List<Path> folders(Path parent, String name) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> child.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static String line(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() || lines.getFirst().isBlank()
                ? UNKNOWN
                : lines.getFirst().strip();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Returns the machine as it stands in a JSON file: the components by name. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cpu", cpu);
        map.put("vectorFlags", vectorFlags);
        map.put("cores", cores);
        map.put("caches", caches);
        map.put("governor", governor);
        map.put("quota", quota);
        return map;
    }
}
