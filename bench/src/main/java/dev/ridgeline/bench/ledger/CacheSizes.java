package dev.ridgeline.bench.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes of the data caches of the first processor, and working sets that each lie in one level alone.
 *
 * @param bytes the sizes of L1, L2 and so on, each larger than the one before
 */
public record CacheSizes(List<Long> bytes) {
    /** What is assumed where the system does not tell: common sizes, 32 KiB, 1 MiB and 32 MiB. */
    static final CacheSizes ASSUMED = new CacheSizes(List.of(32L << 10, 1L << 20, 32L << 20));

    private static final Pattern SIZE = Pattern.compile("(\\d+)([KMG]?)");

    /** Copies the sizes and checks them. */
    public CacheSizes {
        bytes = List.copyOf(bytes);
        long above = 0;
        for (long size : bytes) {
            if (size <= above) {
                throw new IllegalArgumentException(
                        "CacheSizes: " + bytes + "; each level must be larger than the one before");
            }
            above = size;
        }
    }

    /**
     * Reads the sizes as Linux tells them.
     *
     * @return the sizes of this machine, or common ones where the system does not tell
     */
    public static CacheSizes current() {
        return read(Path.of("/sys/devices/system/cpu/cpu0/cache"));
    }

    /** Reads a folder with a folder for each cache, {@code index0} and so on. */
    static CacheSizes read(Path folder) {
        TreeMap<Integer, Long> levels = new TreeMap<>();
        try (DirectoryStream<Path> caches = Files.newDirectoryStream(folder, "index*")) {
            for (Path cache : caches) {
                if (!line(cache, "type").equals("Instruction")) {
                    levels.put(Integer.parseInt(line(cache, "level")), size(line(cache, "size")));
                }
            }
            return levels.isEmpty() ? ASSUMED : new CacheSizes(new ArrayList<>(levels.values()));
        } catch (IOException | IllegalArgumentException e) {
            return ASSUMED;
        }
    }

    private static String line(Path cache, String file) throws IOException {
        return Files.readString(cache.resolve(file)).strip();
    }

    private static long size(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(text);
        }
        return Long.parseLong(size.group(1))
                << 10
                        * ("KMG".indexOf(size.group(2)) + 1)
                        * Math.min(1, size.group(2).length());
    }

    /** A level of the memory hierarchy, with a working set that lies in it. */
    record Level(String name, long capacity, long workingSet) {}

    /**
     * Returns the levels of the hierarchy, memory last. In L1 the working set is half the cache, below it the geometric mean of
     * its size and that of the level above: far from both borders. In memory it is twice the last cache, as far as the heap
     * allows.
     *
     * @param threads how many share what is behind the first two levels, each with its part of the working set
     * @param largest the largest working set that the heap allows, over all threads
     * @return each with the bytes that the cores see as one, and the bytes of a thread's working set
     */
    List<Level> levels(int threads, long largest) {
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < bytes.size(); i++) {
            long size = bytes.get(i);
            boolean shared = i > 1;
            long set = i == 0 ? size / 2 : Math.round(Math.sqrt((double) size * bytes.get(i - 1)));
            levels.add(new Level("L" + (i + 1), shared ? size : size * threads, shared ? set / threads : set));
        }
        long last = levels.getLast().capacity();
        levels.add(new Level("memory", Long.MAX_VALUE, Math.min(2 * last, largest) / threads));
        return levels;
    }
}
