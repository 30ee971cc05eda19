package dev.ridgeline.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.Models;
import dev.ridgeline.report.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

class PeersRunTest {
    private static final Work PRODUCT = Work.Product.of("nn", "128x64x32");
    private static final Work STEP = new Work.Step(Models.named("iris"));
    private static final List<Work> WORKS = List.of(PRODUCT, STEP);
    private static final String REMEDY = "not installed: pip install slow";

    private final List<String> log = new ArrayList<>();

    @TempDir
    private Path temporary;

    /** A library whose times drift with the round, by the same factor for every library, as a busy machine's do. */
    private final class Fake implements Peer {
        private final String name;
        private final double nanos;
        private final Work failing;
        private int round;
        private boolean open;

        Fake(String name, double nanos, Work failing) {
            this.name = name;
            this.nanos = nanos;
            this.failing = failing;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean does(Work work) {
            return work == PRODUCT || !name.equals("products");
        }

        @Override
        public String open() throws PeerException {
            if (nanos == 0) {
                throw new PeerException(REMEDY);
            }
            assertFalse(open);
            open = true;
            round++;
            return name + " 1.0";
        }

        @Override
        public double nanos(Work work) throws PeerException {
            assertTrue(open && does(work));
            if (work == failing && round == 2) {
                throw new PeerException("out of luck");
            }
            return nanos * round;
        }

        @Override
        public void close() {
            assertTrue(open);
            open = false;
        }
    }

    private PeersResult measure(Work failing, Fake... others) throws PeerException {
        List<Peer> peers = new ArrayList<>(List.of(new Fake("ridgeline", 1000, failing)));
        peers.addAll(List.of(others));
        PeersResult result = PeersRun.measure(peers, WORKS, 3, 42, log::add);
        peers.forEach(peer -> assertFalse(((Fake) peer).open, peer.name()));
        return result;
    }

    private static Comparison find(PeersResult result, Work work, String peer) {
        return result.comparisons().stream()
                .filter(c -> c.work().equals(work) && c.peer().equals(peer))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theRatioIsFreeOfWhatDrifts() throws PeerException {
        PeersResult result = measure(null, new Fake("half", 2000, null));
        Comparison half = find(result, STEP, "half");
        assertEquals(2, half.ratio().mean(), 1e-12);
        assertEquals(0, half.ratio().halfWidth(), 1e-12);
        assertEquals(2000 * Math.cbrt(6), half.nanos(), 1e-9);
        assertNull(find(result, STEP, "ridgeline").ratio());
    }

    @Test
    void theIntervalIsTheGeometricMeansOverTheRounds() {
        List<PeersRun.Sample> samples = new ArrayList<>();
        for (int round = 1; round <= 3; round++) {
            samples.add(new PeersRun.Sample(round, STEP, "ridgeline", 100));
            samples.add(new PeersRun.Sample(round, STEP, "other", 100 * Math.pow(2, round)));
        }
        Comparison other = Comparison.of(STEP, "other", "ridgeline", samples, null);
        assertEquals(4, other.ratio().mean(), 1e-12);
        double half = 4.302652729911275 * Math.log(2) / Math.sqrt(3); // Student's 97.5 % quantile, 2 degrees of freedom
        assertEquals(4 * Math.exp(-half), other.ratio().low(), 1e-9);
        assertEquals(4 * Math.exp(half), other.ratio().high(), 1e-6);
    }

    @Test
    void whatIsMissingOrFailsStandsInTheTable() throws PeerException, IOException {
        PeersResult result = measure(null, new Fake("missing", 0, null), new Fake("unlucky", 3000, STEP));
        assertEquals(6, result.comparisons().size());
        for (Work work : WORKS) {
            assertEquals(REMEDY, find(result, work, "missing").problem());
        }
        assertEquals("out of luck", find(result, STEP, "unlucky").problem());
        assertEquals(3, find(result, PRODUCT, "unlucky").ratio().mean(), 1e-12);
        assertEquals(1, log.stream().filter(line -> line.contains(REMEDY)).count());

        PeersReport report = new PeersReport(result, Map.of("rounds", 3));
        List<Path> files = report.write(OutputFolder.open(temporary));
        for (Path file : files) {
            String text = Files.readString(file);
            for (String word : List.of("gemm nn 128x64x32", "step iris", REMEDY, "out of luck", "unlucky 1.0")) {
                assertTrue(text.contains(word), file + " lacks " + word);
            }
        }
        Map<String, Object> json = JSON.std.mapFrom(Files.readString(files.get(1)));
        assertEquals(6, ((List<?>) json.get("comparisons")).size());
        assertEquals(result.samples().size(), ((List<?>) json.get("samples")).size());
    }

    @Test
    void aPeerIsLeftOutOfWhatItDoesNotDo() throws PeerException {
        PeersResult result = measure(null, new Fake("products", 500, null));
        assertEquals(
                List.of(PRODUCT, PRODUCT, STEP),
                result.comparisons().stream().map(Comparison::work).toList());
    }

    @Test
    void aFailureOfTheControlEndsTheRun() {
        PeerException e = assertThrows(PeerException.class, () -> measure(STEP, new Fake("half", 2000, null)));
        assertEquals("round 2, step iris, ridgeline: out of luck", e.getMessage());
    }

    @Test
    void theOrderIsTheSeedsAndDiffersBetweenRounds() throws PeerException {
        Fake[] others = {new Fake("a", 1, null), new Fake("b", 2, null), new Fake("c", 3, null)};
        List<String> first = measure(null, others).samples().stream()
                .map(s -> s.work().name() + s.peer())
                .toList();
        others = new Fake[] {new Fake("a", 1, null), new Fake("b", 2, null), new Fake("c", 3, null)};
        List<String> again = measure(null, others).samples().stream()
                .map(s -> s.work().name() + s.peer())
                .toList();
        assertEquals(first, again);
        assertEquals(new HashSet<>(first.subList(0, 8)), new HashSet<>(first.subList(8, 16)));
        assertNotEquals(first.subList(0, 8), first.subList(8, 16));
    }

    @Test
    void aTimeKeepsThreeDigits() {
        assertEquals("0.82", Comparison.micros(823));
        assertEquals("12.3", Comparison.micros(12_345));
        assertEquals("14905", Comparison.micros(14_905_000));
    }

    @Test
    void wrongShapesAndFormsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Work.Product.of("nn", "1x2"));
        assertThrows(IllegalArgumentException.class, () -> Work.Product.of("nn", "0x1x1"));
        assertThrows(IllegalArgumentException.class, () -> Work.Product.of("tt", "1x1x1"));
        assertEquals(
                2L * 99_999 * 99_999 * 99_999,
                Work.Product.of("nn", "99999x99999x99999").flops());
    }
}
