package dev.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    private Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void cache(String index, String level, String type, String size, String shared) throws IOException {
        String folder = "sys/devices/system/cpu/cpu0/cache/" + index + "/";
        file(folder + "level", level + "\n");
        file(folder + "type", type + "\n");
        file(folder + "size", size + "\n");
        file(folder + "shared_cpu_list", shared + "\n");
    }

    @Test
    void readsProcessorCachesAndGovernor() throws IOException {
        file(
                "proc/cpuinfo",
                "processor\t: 0\nmodel name\t: Some CPU @ 2: fast \nflags\t\t: fpu sse4_2 fma avx2 smep avx512f ht amx_tile\n"
                        + "\nprocessor\t: 1\nmodel name\t: Other\nflags\t\t: fpu\n");
        cache("index0", "1", "Data", "48K", "0");
        cache("index1", "1", "Instruction", "32K", "0");
        cache("index2", "2", "Unified", "2048K", "0,8");
        cache("index3", "3", "Unified", "32M", "0-15");
        file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
        file("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "performance\n");
        file("sys/devices/system/cpu/cpu10/cpufreq/scaling_governor", "powersave\n");
        Machine machine = Machine.read(root);
        assertEquals("Some CPU @ 2: fast", machine.cpu());
        assertEquals(List.of("sse4_2", "fma", "avx2", "avx512f", "amx_tile"), machine.vectorFlags());
        assertEquals(
                "L1d 48K, L1i 32K, L2 2048K shared by processors 0,8, L3 32M shared by processors 0-15",
                machine.caches());
        assertEquals("performance, powersave", machine.governor());
        assertEquals(Runtime.getRuntime().availableProcessors(), machine.cores());
    }

    @Test
    void readsTheFeaturesOfArm() throws IOException {
        file("proc/cpuinfo", "processor\t: 0\nBogoMIPS\t: 50\nFeatures\t: fp asimd aes asimdhp sve sve2 crc32\n");
        Machine machine = Machine.read(root);
        assertEquals(System.getProperty("os.arch"), machine.cpu());
        assertEquals(List.of("asimd", "asimdhp", "sve", "sve2"), machine.vectorFlags());
    }

    @Test
    void whatIsMissingIsUnknown() throws IOException {
        Machine nothing = Machine.read(root.resolve("none"));
        assertEquals(System.getProperty("os.arch"), nothing.cpu());
        assertEquals(List.of("unknown"), nothing.vectorFlags());
        assertEquals("unknown", nothing.caches());
        assertEquals("unknown", nothing.governor());
        assertEquals("unknown", nothing.quota());

        Files.write(Files.createDirectories(root.resolve("proc")).resolve("cpuinfo"), new byte[] {(byte) 0xff, 10});
        file("sys/devices/system/cpu/cpu0/cache/index0/level", "1\n");
        file("sys/devices/system/cpu/cpu0/cache/index0/type", "");
        Machine damaged = Machine.read(root);
        assertEquals(System.getProperty("os.arch"), damaged.cpu());
        assertEquals("L1 unknown", damaged.caches());
        assertEquals("unknown", damaged.governor());
    }

    @Test
    void thisMachineIsDescribed() {
        Machine machine = Machine.current();
        assertTrue(machine.cores() >= 1);
        assertFalse(machine.toMap().containsValue(""), machine::toString);
    }
}
