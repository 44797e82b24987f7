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
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The offers and claims of one role, and the rule by which they meet. Knows no actor context; not
 * thread safe.
 *
 * <p>No claim that waits could be met by an offer that waits: whichever comes second is matched at
 * once, so that a match looks at what has just come and not at all that waits.
 *
 * <p>Bounds: offers by {@link TaskQueueSettings#maxOffers}; one claim and one match per agent; the
 * turns of the latest sessions.
 */
final class TaskQueueState {
  /** Every so many matches the oldest offer of a lower priority goes first. */
  static final int LOWER_FIRST_EVERY = 8;

  /** An offer and the claim it met. */
  record Matched(Offer offer, Claim claim, Instant at, boolean begun) {
    private Matched asBegun() {
      return new Matched(offer, claim, at, true);
    }
  }

  private record Claimed(Claim claim, Instant expiry) {}

  private final TaskQueueSettings settings;
  private final InstantSource clock;
  private final WaitingTasks offers = new WaitingTasks();
  private final SequencedMap<AgentName, Claimed> claims = new LinkedHashMap<>();
  private final Map<AgentName, Matched> given = new HashMap<>();
  private final Map<TaskId, Set<AgentName>> takers = new HashMap<>();
  private final List<Matched> due = new ArrayList<>();
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
    offers.put(before == null ? Waiting.of(offer, offered++, matched) : before.offeredAgain(offer));
    firstClaimFor(offer).ifPresent(this::match);
    return true;
  }

  private Optional<Claim> firstClaimFor(Offer offer) {
    dropExpired();
    return claims.values().stream()
        .map(Claimed::claim)
        .filter(claim -> claim.offers().lacking(offer.needs()).isEmpty())
        .findFirst();
  }

  /** Agents that were told of the task, and did not begin it, may claim again. */
  void withdraw(TaskId task, @Nullable AgentName begunBy) {
    offers.remove(task);
    for (AgentName agent : Set.copyOf(takers.getOrDefault(task, Set.of()))) {
      if (agent.equals(begunBy)) {
        given.computeIfPresent(agent, (_, match) -> match.asBegun());
      } else {
        forget(agent);
      }
    }
  }

  void claim(Claim claim) {
    Matched before = given.get(claim.agent());
    if (before != null && before.claim().isSameAs(claim)) {
      if (!before.begun()) {
        due.add(before);
      }
      return;
    }
    forget(claim.agent());
    claims.remove(claim.agent());
    claims.put(claim.agent(), new Claimed(claim, clock.instant().plus(settings.claimExpiry())));
    match(claim);
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
    forget(agent);
    return Optional.of(match.offer());
  }

  /** The matches that nobody was told of yet, and those to be told again. */
  List<Matched> matches() {
    var told = List.copyOf(due);
    due.clear();
    return told;
  }

  private void match(Claim claim) {
    boolean lowerFirst = (matched + 1) % LOWER_FIRST_EVERY == 0;
    Offers host = claim.offers();
    offers.next(host, lowerFirst).ifPresent(next -> match(claim, next));
  }

  private void match(Claim claim, Waiting next) {
    matched++;
    claims.remove(claim.agent());
    offers.remove(next.offer().task());
    offers.served(next.session(), matched);
    var match = new Matched(next.offer(), claim, clock.instant(), false);
    given.put(claim.agent(), match);
    takers.computeIfAbsent(next.offer().task(), _ -> new HashSet<>()).add(claim.agent());
    due.add(match);
  }

  private void forget(AgentName agent) {
    Matched match = given.remove(agent);
    if (match != null) {
      takers.computeIfPresent(
          match.offer().task(),
          (_, agents) -> {
            agents.remove(agent);
            return agents.isEmpty() ? null : agents;
          });
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
    Instant now = clock.instant();
    return takers.getOrDefault(task, Set.of()).stream()
        .map(given::get)
        .anyMatch(match ->
            match != null
                && !match.begun()
                && match.at().plus(settings.matchExpiry()).isAfter(now));
  }
}
