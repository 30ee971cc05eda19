package dev.ridgeline.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build of Ridgeline runs.
 *
 * @param version the version of the release
 * @param commit the commit it was built from, with {@code -dirty} where files differed from it, or {@code unknown}
 *     where it was built outside a repository
 */
public record Build(String version, String commit) {
    /**
     * Reads what the build wrote beside this class.
     *
     * @return this build
     */
    public static Build current() {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            if (in != null) { // compiled by an editor, without Maven's part of the build
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Build(properties.getProperty("version", "unknown"), properties.getProperty("commit", "unknown"));
    }
}
