package io.nanoswarm.queue;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.TaskQueue.Claim;
import io.nanoswarm.queue.TaskQueue.Offer;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.TaskId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The offers and claims of one role, and the rule by which they meet. Knows no actor context; not
 * thread safe.
 *
 * <p>No claim that waits could be met by an offer that waits: whichever comes second is matched at
 * once, so that a match looks at what has just come and not at all that waits.
 *
 * <p>Bounds: offers by {@link TaskQueueSettings#maxOffers}; one claim per agent, and one match for
 * each of its latest JVMs, since one that is replaced finishes what it works on; the turns of the
 * latest sessions; the places of the latest {@value #MOST_COMING_BACK} tasks that dead JVMs had.
 */
final class TaskQueueState {
  /** Every so many matches the oldest offer of a lower priority goes first. */
  static final int LOWER_FIRST_EVERY = 8;

  /** How many JVMs of one agent may have a match, the one that claims included. */
  static final int JVMS_PER_AGENT = 4;

  private static final int MOST_COMING_BACK = 1024;

  /**
   * An offer and the claim it met.
   *
   * @param atOnce whether the claim found the offer there, and had not to wait
   * @param before what the host was given before: it may claim before the outcome of that is stored
   */
  record Matched(
      Offer offer, Claim claim, boolean atOnce, @Nullable Offer before, Instant at, boolean begun) {
    private Matched asBegun() {
      return new Matched(offer, claim, atOnce, before, at, true);
    }
  }

  /**
   * A claim that waits.
   *
   * @param before as in {@link Matched}
   */
  private record Claimed(Claim claim, @Nullable Offer before, Instant expiry) {}

  /** An agent in one JVM. */
  private record Host(AgentName agent, WorkerId worker) {
    static Host of(Claim claim) {
      return new Host(claim.agent(), claim.worker());
    }
  }

  private final TaskQueueSettings settings;
  private final InstantSource clock;
  private final WaitingTasks offers = new WaitingTasks();
  private final SequencedMap<AgentName, Claimed> claims = new LinkedHashMap<>();
  private final Map<AgentName, SequencedMap<WorkerId, Matched>> given = new HashMap<>();
  private final Map<TaskId, Set<Host>> takers = new HashMap<>();
  private final List<Matched> due = new ArrayList<>();

  /** Where those tasks stood that are given to somebody. */
  private final Map<TaskId, Waiting> places = new HashMap<>();

  /** Where those stood that dead JVMs had, until they are offered again. */
  private final SequencedMap<TaskId, Waiting> comingBack = new LinkedHashMap<>();

  private long offered;
  private long matched;

  TaskQueueState(TaskQueueSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether there was room for the offer. */
  boolean offer(Offer offer) {
    Waiting before = offers.of(offer.task());
    if (before == null && matchedJustNow(offer.task())) {
      return true;
    }
    if (before == null && offers.size() >= settings.maxOffers()) {
      return false;
    }
    Waiting place = before == null ? comingBack.remove(offer.task()) : before;
    offers.put(place == null ? Waiting.of(offer, offered++, matched) : place.offeredAgain(offer));
    firstClaimFor(offer).ifPresent(claimed -> match(claimed, false));
    return true;
  }

  private Optional<Claimed> firstClaimFor(Offer offer) {
    dropExpired();
    return claims.values().stream()
        .filter(claimed -> claimed.claim().offers().lacking(offer.needs()).isEmpty())
        .findFirst();
  }

  /** Agents that were told of the task, and did not begin it, may claim again. */
  void withdraw(TaskId task, @Nullable AgentName begunBy) {
    offers.remove(task);
    for (Host host : Set.copyOf(takers.getOrDefault(task, Set.of()))) {
      if (host.agent().equals(begunBy)) {
        given(host.agent()).computeIfPresent(host.worker(), (_, match) -> match.asBegun());
      } else {
        forget(host);
      }
    }
  }

  void claim(Claim claim) {
    var host = Host.of(claim);
    Matched given = given(host);
    Claimed waiting = claims.get(claim.agent());
    if ((given != null && given.claim().isAfter(claim))
        || (waiting != null && waiting.claim().isAfter(claim))) {
      return;
    }
    if (given != null && given.claim().isSameAs(claim)) {
      if (!given.begun() || given.atOnce()) {
        due.add(given);
        return;
      }
      if (isRecent(given)) {
        return;
      }
      // A beginning that came late was granted, and its host had given it up: it is free.
    }
    Offer before = given != null ? given.offer() : null;
    if (waiting != null && waiting.claim().isSameAs(claim)) {
      before = waiting.before();
    }
    forget(host);
    forgetEarlier(host);
    claims.remove(claim.agent());
    var claimed = new Claimed(claim, before, clock.instant().plus(settings.claimExpiry()));
    claims.put(claim.agent(), claimed);
    match(claimed, true);
  }

  /** Whether the claim was met at once: that is told again. */
  boolean unclaim(AgentName agent, WorkerId worker, long claimId) {
    unclaim(agent, worker);
    Matched match = given(new Host(agent, worker));
    if (match == null || !match.atOnce() || match.claim().claimId() != claimId) {
      return false;
    }
    due.add(match);
    return true;
  }

  private void unclaim(AgentName agent, WorkerId worker) {
    claims.computeIfPresent(
        agent, (_, claimed) -> claimed.claim().worker().equals(worker) ? null : claimed);
  }

  /**
   * The offers that the agent's dead JVM was given, the latest two of them: it may have claimed
   * before it had done with one. Offered again, the latest has the place that it had: it does not
   * wait for all that was offered since.
   */
  List<Offer> hostGone(AgentName agent, WorkerId worker) {
    Claimed waiting = claims.get(agent);
    unclaim(agent, worker);
    var host = new Host(agent, worker);
    Matched match = given(host);
    if (match == null) {
      return waiting != null && waiting.claim().worker().equals(worker)
          ? Stream.ofNullable(waiting.before()).toList()
          : List.of();
    }
    Waiting place = places.get(match.offer().task());
    if (place != null) {
      comingBack.putLast(place.offer().task(), place);
      if (comingBack.size() > MOST_COMING_BACK) {
        comingBack.pollFirstEntry();
      }
    }
    forget(host);
    return Stream.of(match.before(), match.offer()).filter(Objects::nonNull).toList();
  }

  /** The matches that nobody was told of yet, and those to be told again. */
  List<Matched> matches() {
    var told = List.copyOf(due);
    due.clear();
    return told;
  }

  private void match(Claimed claimed, boolean atOnce) {
    boolean lowerFirst = (matched + 1) % LOWER_FIRST_EVERY == 0;
    Offers host = claimed.claim().offers();
    offers.next(host, lowerFirst).ifPresent(next -> match(claimed, next, atOnce));
  }

  private void match(Claimed claimed, Waiting next, boolean atOnce) {
    matched++;
    Claim claim = claimed.claim();
    claims.remove(claim.agent());
    offers.remove(next.offer().task());
    offers.served(next.session(), matched);
    var match = new Matched(next.offer(), claim, atOnce, claimed.before(), clock.instant(), false);
    given.computeIfAbsent(claim.agent(), _ -> new LinkedHashMap<>()).put(claim.worker(), match);
    takers.computeIfAbsent(next.offer().task(), _ -> new HashSet<>()).add(Host.of(claim));
    places.put(next.offer().task(), next);
    due.add(match);
  }

  private SequencedMap<WorkerId, Matched> given(AgentName agent) {
    return given.getOrDefault(agent, new LinkedHashMap<>());
  }

  private @Nullable Matched given(Host host) {
    return given(host.agent()).get(host.worker());
  }

  /**
   * Of an agent's other JVMs, what they have not begun, since they are gone or take no more. The
   * end of each is told; should that be lost, the latest are remembered, and no more.
   */
  private void forgetEarlier(Host now) {
    var earlier = new ArrayList<>(given(now.agent()).entrySet());
    for (int i = 0; i < earlier.size(); i++) {
      boolean old = i <= earlier.size() - JVMS_PER_AGENT;
      if (old || !earlier.get(i).getValue().begun()) {
        forget(new Host(now.agent(), earlier.get(i).getKey()));
      }
    }
  }

  private void forget(Host host) {
    var ofAgent = given(host.agent());
    Matched match = ofAgent.remove(host.worker());
    if (ofAgent.isEmpty()) {
      given.remove(host.agent());
    }
    if (match != null) {
      takers.computeIfPresent(
          match.offer().task(),
          (_, hosts) -> {
            hosts.remove(host);
            return hosts.isEmpty() ? null : hosts;
          });
      if (!takers.containsKey(match.offer().task())) {
        places.remove(match.offer().task());
      }
    }
  }

  /** Claims expire in the order in which they came. */
  private void dropExpired() {
    Instant now = clock.instant();
    while (!claims.isEmpty() && !claims.firstEntry().getValue().expiry().isAfter(now)) {
      claims.pollFirstEntry();
    }
  }

  private boolean matchedJustNow(TaskId task) {
    return takers.getOrDefault(task, Set.of()).stream()
        .map(this::given)
        .anyMatch(match -> match != null && !match.begun() && isRecent(match));
  }

  private boolean isRecent(Matched match) {
    return match.at().plus(settings.matchExpiry()).isAfter(clock.instant());
  }
}
