package dev.ridgeline.experiments.image;

import dev.ridgeline.experiments.study.Progress;
import dev.ridgeline.report.OutputFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a public set of images into a cache. A file gets its name there only when all of it is there and has the SHA-256
 * that it must have; what an interrupted download has brought is kept beside it, and the next one goes on from there. The
 * digests are compared again before each use.
 */
public final class Download {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a connection must bring, as a part of the file, to be taken up again when it breaks. */
    private static final double WORTH_ANOTHER = 0.05;

    private static final int BUFFER = 1 << 16;

    private final PublicImages images;
    private final Path folder;
    private final boolean quiet;

    /**
     * Makes the download of a set.
     *
     * @param images the set
     * @param cache the folder of all sets
     * @param quiet whether to show no progress
     */
    public Download(PublicImages images, Path cache, boolean quiet) {
        this.images = images;
        this.folder = cache.resolve(images.folder()).toAbsolutePath().normalize();
        this.quiet = quiet;
    }

    /**
     * Returns the cache for sets that are downloaded: {@code ridgeline} in {@code XDG_CACHE_HOME}, by default {@code
     * .cache} in the user's home (XDG base directory specification).
     *
     * @return the folder, which need not be there
     */
    public static Path defaultCache() {
        return cache(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home"));
    }

    /** Returns the cache for such an environment; the specification wants relative paths ignored. */
    static Path cache(String cacheHome, String home) {
        boolean set = cacheHome != null && Path.of(cacheHome).isAbsolute();
        return (set ? Path.of(cacheHome) : Path.of(home, ".cache")).resolve("ridgeline");
    }

    /**
     * Downloads the files that are not there yet.
     *
     * @return the folder with all files, each of which has its digest
     * @throws IllegalStateException if a file can be had from none of the addresses; says where to put it
     * @throws UncheckedIOException if the cache cannot be written
     */
    public Path run() {
        if (missing().isEmpty()) {
            return folder;
        }
        try (OutputFolder _ = OutputFolder.open(folder)) { // nobody else downloads it meanwhile
            List<PublicFile> files = missing();
            long bytes = files.stream().mapToLong(PublicFile::bytes).sum();
            try (Progress progress = Progress.ofBytes(images.title(), bytes, quiet)) {
                for (PublicFile file : files) {
                    bring(file, progress);
                }
            }
        }
        return folder;
    }

    private List<PublicFile> missing() {
        return images.files().stream()
                .filter(file -> !isThere(folder.resolve(file.name()), file))
                .toList();
    }

    private static boolean isThere(Path path, PublicFile file) {
        return Files.isRegularFile(path) && PartialFile.sha256(path).equals(file.sha256());
    }

    private void bring(PublicFile file, Progress progress) {
        PartialFile part = new PartialFile(folder.resolve(file.name()));
        progress.step(part.size());
        List<String> failures = new ArrayList<>();
        for (URI address : images.addresses()) {
            try {
                bring(address.resolve(file.name()), file, part, progress);
                return;
            } catch (IOException e) {
                failures.add("from " + address + ": " + reason(e));
            }
        }
        throw new IllegalStateException(images.title() + ": " + file.name() + " cannot be downloaded, "
                + String.join("; ", failures) + "; put the files " + names() + " into " + folder
                + ", or name a folder that has them with --data, or take the sample with --sample");
    }

    private String names() {
        return String.join(", ", images.files().stream().map(PublicFile::name).toList());
    }

    private static String reason(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> "no such host, or no network";
            case ConnectException _, NoRouteToHostException _ -> "no connection (" + e.getMessage() + ")";
            case SocketTimeoutException _ -> "no answer for " + PATIENCE.toSeconds() + " seconds";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static void bring(URI uri, PublicFile file, PartialFile part, Progress progress) throws IOException {
        boolean begun = part.size() > 0;
        transfer(uri, file, part, progress);
        if (begun && !part.sha256().equals(file.sha256())) { // what was there was no part of it
            part.discard();
            transfer(uri, file, part, progress);
        }
        String digest = part.sha256();
        if (!digest.equals(file.sha256())) {
            part.discard();
            throw new IOException("what came has the SHA-256 " + digest + " instead of " + file.sha256());
        }
        part.complete();
    }

    /** Asks for what is missing until all is there. */
    private static void transfer(URI uri, PublicFile file, PartialFile part, Progress progress) throws IOException {
        long have = part.size();
        while (have < file.bytes()) {
            IOException broken = new IOException("what comes ends too early");
            try {
                request(uri, have, file, part, progress);
            } catch (IOException e) {
                broken = e;
            }
            long before = have;
            have = part.size();
            if (have < file.bytes() && have - before < WORTH_ANOTHER * file.bytes()) {
                throw broken;
            }
        }
    }

    private static void request(URI uri, long have, PublicFile file, PartialFile part, Progress progress)
            throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try {
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            connection.setRequestProperty("Accept-Encoding", "identity");
            if (have > 0) {
                connection.setRequestProperty("Range", "bytes=" + have + "-");
            }
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_PARTIAL && goesOnAt(have, connection)) {
                save(connection, file.bytes() - have, part, progress);
            } else if (status == HttpURLConnection.HTTP_OK) { // all of it, whatever was asked for
                if (have > 0) {
                    part.discard();
                }
                save(connection, file.bytes(), part, progress);
            } else {
                throw new IOException("HTTP status " + status);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static boolean goesOnAt(long have, HttpURLConnection connection) {
        String range = connection.getHeaderField("Content-Range");
        return range != null && range.startsWith("bytes " + have + "-");
    }

    /** Keeps what comes, but not more than is missing. */
    private static void save(HttpURLConnection from, long missing, PartialFile part, Progress progress)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream()) {
            for (long left = missing; left > 0; ) {
                int n = in.read(buffer, 0, (int) Math.min(BUFFER, left));
                if (n < 0) {
                    return;
                }
                part.append(buffer, n);
                progress.step(n);
                left -= n;
            }
        }
    }
}
