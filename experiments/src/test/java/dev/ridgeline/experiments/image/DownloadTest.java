package dev.ridgeline.experiments.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ridgeline.report.OutputException;
import dev.ridgeline.report.OutputFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of its own on this machine, never the public one. */
class DownloadTest {
    private static final int LENGTH = 300_000;

    @TempDir
    private Path cache;

    private final byte[] first = random(1);
    private final byte[] second = random(2);
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private PublicImages images;

    /** How the server behaves. */
    private boolean ranges = true;

    private int status = 200;
    private int breakAfter = LENGTH;
    private byte[] sent = first;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        images = set(address());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/data/");
    }

    private PublicImages set(URI... addresses) {
        return new PublicImages(
                "Small set", "small", List.of(addresses), List.of(file("first.gz", first), file("second.gz", second)));
    }

    private static PublicFile file(String name, byte[] content) {
        return new PublicFile(name, content.length, sha256(content));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] random(long seed) {
        byte[] bytes = new byte[LENGTH];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(path + (range == null ? "" : " " + range));
        if (status != 200) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        byte[] content = path.endsWith("first.gz") ? sent : second;
        int from = range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        int to = Math.min(content.length, from + breakAfter);
        exchange.getResponseBody().write(content, from, to - from);
        exchange.getResponseBody().flush();
        exchange.close(); // before its time, if something is missing
    }

    private Path run() {
        return new Download(images, cache, true).run();
    }

    private Path folder() {
        return cache.resolve("small");
    }

    private Path part() {
        return folder().resolve("first.gz.part");
    }

    @Test
    void allFilesComeOnceAndAreVerified() throws IOException {
        assertEquals(folder(), run());
        assertArrayEquals(first, Files.readAllBytes(folder().resolve("first.gz")));
        assertArrayEquals(second, Files.readAllBytes(folder().resolve("second.gz")));
        assertEquals(Set.of("first.gz", "second.gz"), names());
        assertEquals(List.of("/data/first.gz", "/data/second.gz"), requests);
        run();
        assertEquals(2, requests.size(), "nothing is asked for again");
    }

    @Test
    void aFileThatChangedInTheCacheComesAgain() throws IOException {
        run();
        byte[] changed = first.clone();
        changed[1000]++;
        Files.write(folder().resolve("first.gz"), changed);
        run();
        assertArrayEquals(first, Files.readAllBytes(folder().resolve("first.gz")));
        assertEquals(List.of("/data/first.gz", "/data/second.gz", "/data/first.gz"), requests);
    }

    @Test
    void whatAnInterruptedRunBroughtIsNotAskedForAgain() throws IOException {
        Files.createDirectories(folder());
        Files.write(part(), Arrays.copyOf(first, 120_000));
        run();
        assertArrayEquals(first, Files.readAllBytes(folder().resolve("first.gz")));
        assertEquals(List.of("/data/first.gz bytes=120000-", "/data/second.gz"), requests);
        assertEquals(Set.of("first.gz", "second.gz"), names());
    }

    @Test
    void aServerWithoutRangesBeginsAnew() throws IOException {
        ranges = false;
        Files.createDirectories(folder());
        Files.write(part(), Arrays.copyOf(first, 120_000));
        run();
        assertArrayEquals(first, Files.readAllBytes(folder().resolve("first.gz")));
    }

    @Test
    void aConnectionThatBreaksIsTakenUpAgain() throws IOException {
        breakAfter = 130_000;
        run();
        assertArrayEquals(first, Files.readAllBytes(folder().resolve("first.gz")));
        assertEquals(
                List.of("/data/first.gz", "/data/first.gz bytes=130000-", "/data/first.gz bytes=260000-"),
                requests.subList(0, 3));
    }

    @Test
    void whatCameBeforeTheNetworkFailedIsKeptForTheNextRun() throws IOException {
        breakAfter = 10_000; // less than is worth another request
        IllegalStateException failure = assertThrows(IllegalStateException.class, this::run);
        assertTrue(failure.getMessage().contains("first.gz cannot be downloaded"), failure.getMessage());
        assertArrayEquals(Arrays.copyOf(first, 10_000), Files.readAllBytes(part()));
        assertFalse(Files.exists(folder().resolve("first.gz")), "whole or not at all");
        breakAfter = LENGTH;
        run();
        assertEquals("/data/first.gz bytes=10000-", requests.get(1));
        assertArrayEquals(first, Files.readAllBytes(folder().resolve("first.gz")));
    }

    @Test
    void anotherContentIsRefusedAndNotKept() {
        sent = random(3);
        IllegalStateException failure = assertThrows(IllegalStateException.class, this::run);
        assertTrue(
                failure.getMessage()
                        .contains("from " + address() + ": what came has the SHA-256 " + sha256(sent) + " instead of "
                                + sha256(first)),
                failure.getMessage());
        assertEquals(Set.of(), names());
    }

    @Test
    void aPartOfAnotherFileIsGivenUp() throws IOException {
        Files.createDirectories(folder());
        Files.write(part(), Arrays.copyOf(random(3), 120_000));
        run();
        assertArrayEquals(first, Files.readAllBytes(folder().resolve("first.gz")));
        assertEquals(List.of("/data/first.gz bytes=120000-", "/data/first.gz"), requests.subList(0, 2));
    }

    @Test
    void noMoreIsKeptThanBelongsToTheFile() throws IOException {
        sent = Arrays.copyOf(first, 2 * LENGTH);
        breakAfter = 2 * LENGTH;
        run();
        assertArrayEquals(first, Files.readAllBytes(folder().resolve("first.gz")));
    }

    @Test
    void theNextAddressHelpsOut() throws IOException {
        images = set(URI.create("http://localhost:" + closedPort() + "/"), address());
        run();
        assertArrayEquals(first, Files.readAllBytes(folder().resolve("first.gz")));
    }

    @Test
    void withoutANetworkItSaysWhereToPutTheFiles() throws IOException {
        URI nobody = URI.create("http://localhost:" + closedPort() + "/");
        URI unknown = URI.create("http://no-such-host.invalid/");
        images = set(nobody, unknown);
        String message = assertThrows(IllegalStateException.class, this::run).getMessage();
        assertTrue(
                message.startsWith("Small set: first.gz cannot be downloaded, from " + nobody + ": no connection ("),
                message);
        assertTrue(message.contains("; from " + unknown + ": "), message);
        assertTrue(
                message.endsWith("; put the files first.gz, second.gz into " + folder()
                        + ", or name a folder that has them with --data, or take the sample with --sample"),
                message);
        Files.write(folder().resolve("first.gz"), first);
        Files.write(folder().resolve("second.gz"), second);
        assertEquals(folder(), run(), "put there by hand");
    }

    @Test
    void aRefusalKeepsWhatHasCome() throws IOException {
        status = 503;
        Files.createDirectories(folder());
        Files.write(part(), Arrays.copyOf(first, 120_000));
        String message = assertThrows(IllegalStateException.class, this::run).getMessage();
        assertTrue(message.contains("from " + address() + ": HTTP status 503"), message);
        assertEquals(120_000, Files.size(part()));
    }

    /** Linux has a device that is always full. */
    @Test
    void aFullDiskIsNamedWithTheRemedy() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/dev/full")));
        Files.createDirectories(folder());
        Files.createSymbolicLink(part(), Path.of("/dev/full"));
        String message = assertThrows(UncheckedIOException.class, this::run).getMessage();
        assertEquals(
                "Cannot write \"" + part() + "\": No space left on device; make room there and try again, or name"
                        + " another folder with --cache",
                message);
        assertEquals(1, requests.size(), "no other address is asked: the disk is at fault");
    }

    @Test
    void aCacheThatCannotBeWrittenOrIsInUseIsRefused() throws IOException {
        try (OutputFolder _ = OutputFolder.open(folder())) {
            String message = assertThrows(OutputException.class, this::run).getMessage();
            assertTrue(message.contains("is writing there; wait for it"), message);
        }
        images = set(address());
        Path file = Files.write(cache.resolve("file"), new byte[1]);
        assertThrows(OutputException.class, () -> new Download(images, file, true).run());
        assertEquals(List.of(), requests);
    }

    @Test
    void theCacheIsWhereTheSpecificationWantsIt() {
        assertEquals(Path.of("/caches/ridgeline"), Download.cache("/caches", "/home/me"));
        for (String unset : new String[] {null, "", "relative"}) {
            assertEquals(Path.of("/home/me/.cache/ridgeline"), Download.cache(unset, "/home/me"));
        }
    }

    /** The addresses end with a slash, so that names resolve below them; the digests have 64 digits. */
    @Test
    void thePublicSetsAreWellFormed() {
        for (PublicImages set : List.of(PublicImages.FASHION_MNIST, PublicImages.MNIST)) {
            assertEquals(4, set.files().size());
            for (PublicFile file : set.files()) {
                assertTrue(file.sha256().matches("[0-9a-f]{64}"), file::toString);
                for (URI address : set.addresses()) {
                    assertTrue(
                            address.resolve(file.name()).toString().equals(address + file.name()), address::toString);
                }
            }
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Set<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
