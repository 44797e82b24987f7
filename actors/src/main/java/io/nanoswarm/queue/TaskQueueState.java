package io.nanoswarm.queue;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.queue.TaskQueue.Claim;
import io.nanoswarm.queue.TaskQueue.Offer;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The offers and claims of one role, and the rule by which they meet. Knows no actor context; not
 * thread safe.
 *
 * <p>Bounds: offers by {@link TaskQueueSettings#maxOffers}; one claim and one match per agent; the
 * turns of the latest {@value #REMEMBERED_TURNS} sessions.
 */
final class TaskQueueState {
  /** Every so many matches the oldest offer of a lower priority goes first. */
  static final int LOWER_FIRST_EVERY = 8;

  private static final int REMEMBERED_TURNS = 1024;

  /** An offer and the claim it met. */
  record Matched(Offer offer, Claim claim, Instant at, boolean begun) {
    private Matched asBegun() {
      return new Matched(offer, claim, at, true);
    }
  }

  /**
   * @param session of the task; kept, since every match asks every offer for it
   * @param since how many matches there had been when the task was first offered
   */
  private record Waiting(Offer offer, SessionId session, long order, long since) {
    private Priority priority() {
      return offer.priority();
    }
  }

  private record Claimed(Claim claim, Instant expiry) {}

  private final TaskQueueSettings settings;
  private final InstantSource clock;
  private final Map<TaskId, Waiting> offers = new LinkedHashMap<>();
  private final SequencedMap<AgentName, Claimed> claims = new LinkedHashMap<>();
  private final Map<AgentName, Matched> given = new HashMap<>();
  private final SequencedMap<SessionId, Long> lastTurn = new LinkedHashMap<>();
  private final List<Matched> repeated = new ArrayList<>();
  private long offered;
  private long matched;

  TaskQueueState(TaskQueueSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether there was room for the offer. */
  boolean offer(Offer offer) {
    Waiting before = offers.get(offer.task());
    if (before != null) {
      offers.put(
          offer.task(), new Waiting(offer, before.session(), before.order(), before.since()));
      return true;
    }
    if (matchedJustNow(offer.task())) {
      return true;
    }
    if (offers.size() >= settings.maxOffers()) {
      return false;
    }
    offers.put(offer.task(), new Waiting(offer, offer.task().session(), offered++, matched));
    return true;
  }

  /** Agents that were told of the task, and did not begin it, may claim again. */
  void withdraw(TaskId task, @Nullable AgentName begunBy) {
    offers.remove(task);
    given
        .entrySet()
        .removeIf(entry ->
            entry.getValue().offer().task().equals(task) && !entry.getKey().equals(begunBy));
    if (begunBy != null) {
      given.computeIfPresent(
          begunBy, (_, match) -> match.offer().task().equals(task) ? match.asBegun() : match);
    }
  }

  void claim(Claim claim) {
    Matched before = given.get(claim.agent());
    if (before != null && before.claim().equals(claim)) {
      if (!before.begun()) {
        repeated.add(before);
      }
      return;
    }
    given.remove(claim.agent());
    claims.remove(claim.agent());
    claims.put(claim.agent(), new Claimed(claim, clock.instant().plus(settings.claimExpiry())));
  }

  void unclaim(AgentName agent, WorkerId worker) {
    claims.computeIfPresent(
        agent, (_, claimed) -> claimed.claim().worker().equals(worker) ? null : claimed);
  }

  /** The offer that the agent's dead JVM was given, if it was given one. */
  Optional<Offer> hostGone(AgentName agent, WorkerId worker) {
    unclaim(agent, worker);
    Matched match = given.get(agent);
    if (match == null || !match.claim().worker().equals(worker)) {
      return Optional.empty();
    }
    given.remove(agent);
    return Optional.of(match.offer());
  }

  /** The matches that are due now, and those to be told again. */
  List<Matched> matches() {
    var due = new ArrayList<>(repeated);
    repeated.clear();
    Instant now = clock.instant();
    claims.values().removeIf(claimed -> !claimed.expiry().isAfter(now));
    while (!offers.isEmpty() && !claims.isEmpty()) {
      Claim claim = claims.firstEntry().getValue().claim();
      claims.remove(claim.agent());
      due.add(match(claim, now));
    }
    return due;
  }

  private Matched match(Claim claim, Instant now) {
    matched++;
    Waiting next = next();
    offers.remove(next.offer().task());
    lastTurn.putLast(next.session(), matched);
    while (lastTurn.size() > REMEMBERED_TURNS) {
      lastTurn.pollFirstEntry();
    }
    var match = new Matched(next.offer(), claim, now, false);
    given.put(claim.agent(), match);
    return match;
  }

  private Waiting next() {
    Priority highest =
        offers.values().stream()
            .map(Waiting::priority)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    if (matched % LOWER_FIRST_EVERY == 0) {
      Optional<Waiting> lower =
          offers.values().stream()
              .filter(waiting -> waiting.priority().compareTo(highest) < 0)
              .min(Comparator.comparingLong(Waiting::order));
      if (lower.isPresent()) {
        return lower.get();
      }
    }
    return offers.values().stream()
        .filter(waiting -> waiting.priority() == highest)
        .min(Comparator.comparingLong(this::turn).thenComparingLong(Waiting::order))
        .orElseThrow();
  }

  /**
   * The session that was served longest ago is next. One that comes anew has its turn after those
   * that wait since before, so that a stream of new sessions holds up none.
   */
  private long turn(Waiting waiting) {
    return Math.max(lastTurn.getOrDefault(waiting.session(), 0L), waiting.since());
  }

  private boolean matchedJustNow(TaskId task) {
    Instant now = clock.instant();
    return given.values().stream()
        .anyMatch(match ->
            match.offer().task().equals(task)
                && !match.begun()
                && match.at().plus(settings.matchExpiry()).isAfter(now));
  }
}
