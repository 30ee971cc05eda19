package dev.ridgeline.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How many processors' worth of time the kernel grants this process: the quota of Linux control groups, of version 2 ({@code
 * cpu.max}) or 1 ({@code cpu.cfs_quota_us}). Containers limit processors this way. The smallest quota on the way from the
 * group of the process to the root counts.
 */
final class CpuQuota {
    private static final String UNKNOWN = "unknown";
    private static final String NONE = "none";

    /** How the quotas of version 1 and 2 say that there is none. */
    private static final List<String> UNLIMITED = List.of("-1", "max");

    private CpuQuota() {}

    /**
     * Reads the quota.
     *
     * @param root the root of the file tree that has {@code proc} and {@code sys}
     * @return for example {@code 1.50 processors}; {@code none}; {@code unknown} where nothing tells
     */
    static String read(Path root) {
        try {
            for (String line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
                String[] group = line.split(":", 3); // hierarchy, controllers, path
                if (group.length == 3 && List.of(group[1].split(",")).contains("cpu")) {
                    return smallest(root.resolve("sys/fs/cgroup/" + group[1]), group[2], CpuQuota::version1);
                }
            }
            for (String line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
                if (line.startsWith("0::")) {
                    return smallest(root.resolve("sys/fs/cgroup"), line.substring(3), CpuQuota::version2);
                }
            }
            return UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** Reads the quota of a group. */
    private interface Version {
        /** Returns processors, infinity for no quota, or nothing where the group has no file for it. */
        OptionalDouble quota(Path group) throws IOException;
    }

    /** Within a container the path is often that of the host, and only the mount point itself is there. */
    private static String smallest(Path mount, String path, Version version) throws IOException {
        double smallest = Double.POSITIVE_INFINITY;
        boolean known = Files.isRegularFile(mount.resolve("cgroup.controllers")); // the root of version 2 has no quota
        Path own = mount.resolve(path.replaceFirst("^/+", "")).normalize();
        for (Path group = own.startsWith(mount) ? own : mount; group.startsWith(mount); group = group.getParent()) {
            OptionalDouble quota = version.quota(group);
            known |= quota.isPresent();
            smallest = Math.min(smallest, quota.orElse(smallest));
        }
        if (!known) {
            return UNKNOWN;
        }
        return Double.isInfinite(smallest) ? NONE : String.format(Locale.ROOT, "%.2f processors", smallest);
    }

    private static OptionalDouble version1(Path group) throws IOException {
        Path quota = group.resolve("cpu.cfs_quota_us");
        return Files.isRegularFile(quota)
                ? ratio(Files.readString(quota), Files.readString(group.resolve("cpu.cfs_period_us")))
                : OptionalDouble.empty();
    }

    private static OptionalDouble version2(Path group) throws IOException {
        Path max = group.resolve("cpu.max");
        if (!Files.isRegularFile(max)) {
            return OptionalDouble.empty();
        }
        String[] quotaAndPeriod = Files.readString(max).strip().split(" ");
        return quotaAndPeriod.length == 2 ? ratio(quotaAndPeriod[0], quotaAndPeriod[1]) : OptionalDouble.empty();
    }

    private static OptionalDouble ratio(String quota, String period) {
        if (UNLIMITED.contains(quota.strip())) {
            return OptionalDouble.of(Double.POSITIVE_INFINITY);
        }
        try {
            return OptionalDouble.of(Double.parseDouble(quota.strip()) / Double.parseDouble(period.strip()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
