package dev.ridgeline.bench.peers;

import dev.ridgeline.data.Shuffle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The protocol: randomized rounds, interleaved. A round takes the works in an order drawn from the seed, and each work
 * meets all peers, one right after the other, in an order drawn as well. So whatever drifts meets all peers alike, and the
 * ratio to the control in the same round is free of it.
 */
public final class PeersRun {
    /**
     * One measurement.
     *
     * @param round the round, from 1
     * @param work what was timed
     * @param peer by whom
     * @param nanos the nanoseconds that it took
     */
    public record Sample(int round, Work work, String peer, double nanos) {}

    private final List<? extends Peer> peers;
    private final Consumer<String> log;
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, String> descriptions = new LinkedHashMap<>();
    private final Map<String, Map<Work, String>> failures = new LinkedHashMap<>();

    private PeersRun(List<? extends Peer> peers, Consumer<String> log) {
        this.peers = peers;
        this.log = log;
    }

    /**
     * Measures. What fails is not tried again, and the run goes on without it; the control must not fail.
     *
     * @param peers who is measured, the control first
     * @param works what is timed
     * @param rounds how often
     * @param seed the seed of the orders
     * @param log hears of each measurement
     * @return one comparison a work and peer that does it, in the order of the arguments
     * @throws PeerException if the control fails
     */
    public static PeersResult measure(
            List<? extends Peer> peers, List<? extends Work> works, int rounds, long seed, Consumer<String> log)
            throws PeerException {
        PeersRun run = new PeersRun(List.copyOf(peers), log);
        for (int round = 1; round <= rounds; round++) {
            run.round(round, works, seed);
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (Work work : works) {
            for (Peer peer : peers) {
                if (peer.does(work)) {
                    String problem = run.failuresOf(peer).get(work);
                    comparisons.add(
                            Comparison.of(work, peer.name(), peers.getFirst().name(), run.samples, problem));
                }
            }
        }
        return new PeersResult(run.descriptions, comparisons, run.samples);
    }

    private void round(int round, List<? extends Work> works, long seed) throws PeerException {
        Set<Peer> open = new LinkedHashSet<>();
        try {
            for (Peer peer : peers) {
                open(peer, works, open);
            }
            int[] order = new int[works.size()];
            new Shuffle(seed).order(round, order);
            int[] turns = new int[peers.size()];
            for (int w : order) {
                Work work = works.get(w);
                new Shuffle(seed + 1).order(round * works.size() + w, turns);
                for (int p : turns) {
                    Peer peer = peers.get(p);
                    if (open.contains(peer)
                            && peer.does(work)
                            && !failuresOf(peer).containsKey(work)) {
                        time(round, work, peer);
                    }
                }
            }
        } finally {
            open.forEach(Peer::close);
        }
    }

    private void open(Peer peer, List<? extends Work> works, Set<Peer> open) throws PeerException {
        List<? extends Work> left = works.stream()
                .filter(work -> peer.does(work) && !failuresOf(peer).containsKey(work))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        try {
            descriptions.put(peer.name(), peer.open());
            open.add(peer);
        } catch (PeerException e) {
            left.forEach(work -> failuresOf(peer).put(work, e.getMessage()));
            refuse(peer, peer.name(), e);
        }
    }

    private void time(int round, Work work, Peer peer) throws PeerException {
        String what = "round " + round + ", " + work.name() + ", " + peer.name();
        try {
            double nanos = peer.nanos(work);
            samples.add(new Sample(round, work, peer.name(), nanos));
            log.accept(what + ": " + Comparison.micros(nanos) + " us");
        } catch (PeerException e) {
            failuresOf(peer).put(work, e.getMessage());
            refuse(peer, what, e);
        }
    }

    private void refuse(Peer peer, String what, PeerException e) throws PeerException {
        if (peer == peers.getFirst()) {
            throw new PeerException(what + ": " + e.getMessage());
        }
        log.accept(what + ": " + e.getMessage());
    }

    private Map<Work, String> failuresOf(Peer peer) {
        return failures.computeIfAbsent(peer.name(), name -> new LinkedHashMap<>());
    }
}
