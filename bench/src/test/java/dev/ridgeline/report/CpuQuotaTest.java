package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuQuotaTest {
    @TempDir
    private Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theSmallestOfVersion2Counts() throws IOException {
        file("proc/self/cgroup", "0::/kubepods/pod1/container\n");
        file("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
        assertEquals("none", CpuQuota.read(root));
        file("sys/fs/cgroup/kubepods/pod1/container/cpu.max", "max 100000\n");
        assertEquals("none", CpuQuota.read(root));
        file("sys/fs/cgroup/kubepods/pod1/cpu.max", "150000 100000\n");
        file("sys/fs/cgroup/kubepods/cpu.max", "400000 100000\n");
        assertEquals("1.50 processors", CpuQuota.read(root));
    }

    @Test
    void theSmallestOfVersion1Counts() throws IOException {
        file("proc/self/cgroup", "4:memory:/docker/1\n3:cpu,cpuacct:/docker/1\n0::/init.scope\n");
        file("sys/fs/cgroup/cpu,cpuacct/docker/1/cpu.cfs_quota_us", "50000\n");
        file("sys/fs/cgroup/cpu,cpuacct/docker/1/cpu.cfs_period_us", "100000\n");
        file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
        file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
        assertEquals("0.50 processors", CpuQuota.read(root));
        file("proc/self/cgroup", "3:cpu,cpuacct:/\n");
        assertEquals("none", CpuQuota.read(root));
    }

    /** Within a container the path is one of the host, or leads out of what is mounted. */
    @ParameterizedTest
    @ValueSource(strings = {"0::/docker/of/the/host", "0::/../..", "0::"})
    void theMountPointCountsWhereThePathIsNotThere(String group) throws IOException {
        file("proc/self/cgroup", group + "\n");
        file("sys/fs/cgroup/cpu.max", "200000 100000\n");
        assertEquals("2.00 processors", CpuQuota.read(root));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "0::/", "3:cpu", "3:cpu:", "3:cpu:/"})
    void whatIsMissingIsUnknown(String group) throws IOException {
        assertEquals("unknown", CpuQuota.read(root));
        file("proc/self/cgroup", group + "\n");
        assertEquals("unknown", CpuQuota.read(root));
        file("sys/fs/cgroup/cpu.max", "many\n");
        file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "many\n");
        assertEquals("unknown", CpuQuota.read(root), "no period");
        file("sys/fs/cgroup/cpu.max", "many few\n");
        file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "few\n");
        assertEquals("unknown", CpuQuota.read(root), "no numbers");
    }
}
