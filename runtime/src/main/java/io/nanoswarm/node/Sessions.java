package io.nanoswarm.node;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.nanoswarm.api.Opened;
import io.nanoswarm.api.PlanView;
import io.nanoswarm.api.ReloadView;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.feed.SessionViews;
import io.nanoswarm.orchestrator.Orchestrator;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentWishes;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.supervisor.DesiredAgent;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.SupervisorView;
import io.nanoswarm.trace.Spans;
import io.nanoswarm.trace.TraceContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/** Opens, lists, drives and ends sessions. */
public final class Sessions {
  static final String RUNNING = "running";

  /**
   * What sessions are made with.
   *
   * @param isolation where neither the request nor the swarm names one
   */
  record Means(
      Asking asking,
      ControlParts parts,
      AgentPool pool,
      Intakes intakes,
      Admission admission,
      Isolation isolation,
      Spans spans,
      RandomGenerator random,
      InstantSource clock) {}

  /** How workspaces and swarms come in, and which swarms are in use. */
  record Intakes(WorkspaceIntake workspaces, SwarmIntake swarms, SwarmsInUse inUse) {}

  private final Means means;
  private final SessionListing listing;
  private final SessionViews views;
  private final Driven driven;
  private final SessionAgents agents;
  private final SessionOpening opening;
  private final Questions questions;
  private final DeadTasks dead;
  private final FollowUps followUps;
  private final Pacing pacing;

  Sessions(Means means, SessionViews views, Driven driven) {
    this.means = means;
    listing = new SessionListing(means.asking(), means.parts(), means.admission(), means.clock());
    this.views = views;
    this.driven = driven;
    agents = new SessionAgents(means.pool());
    opening = new SessionOpening(this, listing, agents, means);
    questions = new Questions(this, means.asking(), means.parts(), views);
    dead = new DeadTasks(this, listing, means.asking(), means.parts(), views);
    pacing = new Pacing(this, means.asking(), means.parts(), views);
    followUps =
        new FollowUps(this, listing, means.asking(), means.parts(), means.intakes().workspaces());
  }

  /** What the directory knows of them. */
  SessionListing listing() {
    return listing;
  }

  public Questions questions() {
    return questions;
  }

  public DeadTasks dead() {
    return dead;
  }

  public Pacing pacing() {
    return pacing;
  }

  public FollowUps followUps() {
    return followUps;
  }

  /** Opens a session and starts driving it. Completes when it is stored. */
  public CompletionStage<Opened> open(SessionRequest request) {
    return open(request, null);
  }

  /**
   * @param caller the span of whoever asks, null if it has none
   */
  public CompletionStage<Opened> open(SessionRequest request, @Nullable TraceContext caller) {
    return opening.open(request, caller);
  }

  /** Plans without doing anything. */
  public CompletionStage<PlanView> plan(SessionRequest request) {
    return opening.plan(request);
  }

  /** Fails if no session more is taken on. */
  CompletionStage<Void> admit() {
    return forgetEnded().thenCompose(_ -> listing.check());
  }

  /** What is over is driven no more, and keeps no swarm in use. */
  private CompletionStage<List<SessionLine>> forgetEnded() {
    return lines()
        .thenApply(lines -> {
          lines.stream()
              .filter(line -> line.ending() != null)
              .map(SessionLine::session)
              .forEach(over -> {
                driven.remove(over);
                means.intakes().inUse().drop(over);
              });
          return lines;
        });
  }

  /** Fails if another session of this node, which is not over, means other agents by a role. */
  CompletionStage<SessionSwarm> use(SessionId id, SessionSwarm swarm) {
    return means
        .intakes()
        .inUse()
        .use(id, swarm)
        .map(other -> unlessOver(other, swarm, () -> use(id, swarm)))
        .orElseGet(() -> completedFuture(swarm));
  }

  private CompletionStage<SessionSwarm> unlessOver(
      SessionId other, SessionSwarm swarm, Supplier<CompletionStage<SessionSwarm>> again) {
    return stored(other)
        .thenCompose(snapshot -> {
          if (snapshot.state() instanceof SessionState.Concluded) {
            means.intakes().inUse().drop(other);
            return again.get();
          }
          throw new SwarmProblem(
              SwarmProblem.Kind.UNAVAILABLE,
              "session %s runs on this node and means other agents by a role of %s"
                  .formatted(other, swarm.name()),
              "wait for it, end it with `swarm cancel %s`, rename the role, or use another node with --data DIR; if only the swarm has changed: `swarm reload`"
                  .formatted(other));
        });
  }

  /** Replaces the running agents of a swarm's roles that are not as it says now. */
  public CompletionStage<ReloadView> reload(SwarmDefinition definition) {
    return means
        .intakes()
        .swarms()
        .take(definition)
        .thenCompose(swarm -> forgetEnded().thenCompose(_ -> renew(swarm)))
        .thenCompose(
            swarm -> means.pool().view().thenCompose(view -> replace(swarm.roster(), view)));
  }

  private CompletionStage<SessionSwarm> renew(SessionSwarm swarm) {
    return means
        .intakes()
        .inUse()
        .renew(swarm)
        .map(other -> unlessOver(other, swarm, () -> renew(swarm)))
        .orElseGet(() -> completedFuture(swarm));
  }

  private CompletionStage<ReloadView> replace(Roster roster, SupervisorView view) {
    var replaced = new ArrayList<String>();
    var unchanged = new ArrayList<String>();
    var notRunning = new ArrayList<String>();
    CompletionStage<Void> all = completedFuture(null);
    for (Roster.Member member : roster.members()) {
      List<DesiredAgent> running = view.running(member.role());
      if (running.isEmpty()) {
        notRunning.add(member.role().value());
      } else if (running.stream().map(DesiredAgent::spec).allMatch(member.spec()::equals)) {
        unchanged.add(member.role().value());
      } else {
        replaced.add(member.role().value());
        var asBefore =
            new Roster.Member(member.spec(), running.size(), running.getFirst().isolation());
        all = all.thenCompose(_ -> means.pool().ensure(asBefore, means.isolation()));
      }
    }
    return all.thenApply(_ -> new ReloadView(replaced, unchanged, notRunning));
  }

  /** Takes an unfinished session up again. One that has ended is left as it is. */
  public CompletionStage<Opened> resume(SessionId id) {
    return opened(id)
        .thenCompose(followUps::noteLatest)
        .thenCompose(snapshot ->
            snapshot.state() instanceof SessionState.Active active
                ? prepare(id, active.opening()).thenCompose(swarm -> takeUp(id, swarm, active))
                : completedFuture(noteEnding(snapshot)));
  }

  /**
   * Who plans for a session, whichever node has opened it. Fails if the session is not open, or
   * cannot be asked; otherwise as {@link SwarmIntake#plannerOf}.
   */
  CompletionStage<Planner> plannerOf(SessionId id) {
    return stored(id)
        .thenCompose(snapshot -> {
          var opening =
              snapshot
                  .active()
                  .map(SessionState.Active::opening)
                  .orElseThrow(() -> new IllegalStateException("it is not open"));
          var swarms = means.intakes().swarms();
          return opening.swarm() == null
              ? completedFuture(swarms.usualPlanner())
              : swarms.plannerOf(opening.swarm());
        });
  }

  /** With the usual numbers if it is the built-in one. */
  private CompletionStage<SessionSwarm> swarm(SessionState.Opening opening) {
    ArtifactRef definition = opening.swarm();
    return definition == null
        ? completedFuture(usual())
        : means.intakes().swarms().takeAgain(definition);
  }

  private SessionSwarm usual() {
    return means.intakes().swarms().usual(AgentWishes.NONE);
  }

  /**
   * Takes a listed session up unless it is over. One that is listed and not opened yet, or not
   * opened again, may be about to be: only when it is as old as that no node still does that, its
   * ending stands, and one that was never opened counts as failed.
   */
  CompletionStage<?> takeUp(SessionLine line, Instant now) {
    var id = line.session();
    return stored(id)
        .thenCompose(snapshot -> {
          if (SessionListing.isBeingTaken(line, snapshot, now)) {
            throw new IllegalStateException("it is being opened");
          }
          // Driven all the same if agents cannot be had: the time of its question runs, and who
          // waits is told.
          return resume(id)
              .whenComplete((_, failure) -> {
                if (failure != null && snapshot.state() instanceof SessionState.Active) {
                  var _ = drive(id);
                }
              });
        });
  }

  /** Has the first agents of a session's swarm started. */
  CompletionStage<SessionSwarm> prepare(SessionId id, SessionState.Opening opening) {
    return swarm(opening)
        .thenCompose(taken -> forgetEnded().thenCompose(_ -> use(id, taken)))
        .thenCompose(taken -> startAgain(id, taken, opening.agents()))
        .whenComplete((_, failure) -> dropIfIdle(id, failure));
  }

  /** As many agents as were wished for when the session was opened, if there may be so many now. */
  private CompletionStage<SessionSwarm> startAgain(
      SessionId id, SessionSwarm usual, @Nullable AgentWishes wishes) {
    if (wishes == null) {
      return agents.startFirst(usual, means.isolation()).thenApply(_ -> usual);
    }
    return agents.startFirst(
        id, () -> means.intakes().swarms().usual(wishes), usual, means.isolation());
  }

  /** Has the others started that an unfinished session needs, and drives it. */
  CompletionStage<Opened> takeUp(SessionId id, SessionSwarm swarm, SessionState.Active session) {
    return agents
        .startOthers(swarm, id, session, means.isolation())
        .thenApply(_ -> drive(id))
        .whenComplete((_, failure) -> dropIfIdle(id, failure));
  }

  private void dropIfIdle(SessionId id, @Nullable Throwable failure) {
    if (failure != null && !driven.contains(id)) {
      means.intakes().inUse().drop(id);
    }
  }

  /** Ends a session for good. One that has ended is left as it is. */
  public CompletionStage<SessionView> cancel(SessionId id, String reason) {
    return opened(id)
        .thenCompose(snapshot ->
            means
                .asking()
                .<Session.Command, SessionSnapshot>ask(
                    means.parts().gate().sessions(),
                    id.value(),
                    replyTo ->
                        new Session.Conclude(
                            questions(snapshot), new Ending.Cancelled(reason), replyTo)))
        .thenCompose(means.asking()::whole)
        .thenApply(snapshot -> {
          if (snapshot.state() instanceof SessionState.Active) {
            throw new SwarmProblem(
                SwarmProblem.Kind.BAD_REQUEST,
                "session %s was asked a further question meanwhile, and works on that"
                    .formatted(id),
                "to end that as well: `swarm cancel %s` again".formatted(id));
          }
          return views.of(listing.noteEnding(snapshot));
        });
  }

  public CompletionStage<SessionView> view(SessionId id) {
    return get(id).thenApply(views::of);
  }

  /** Every session, the latest first. */
  public CompletionStage<List<SessionSummary>> list() {
    return summaries().thenCompose(questions::withAsking);
  }

  /** The same as far as the directory knows: one that asks a person counts as running. */
  CompletionStage<List<SessionSummary>> summaries() {
    return lines().thenApply(lines -> lines.reversed().stream().map(this::summary).toList());
  }

  /** Those that are driven, as far as this node knows. */
  CompletionStage<Set<SessionId>> driven() {
    return driven.isAll()
        ? unfinished()
            .thenApply(lines ->
                lines.stream().map(SessionLine::session).collect(Collectors.toUnmodifiableSet()))
        : forgetEnded().thenApply(_ -> driven.asked());
  }

  /** Every session that is not over. */
  CompletionStage<List<SessionLine>> unfinished() {
    return lines()
        .thenApply(lines -> lines.stream().filter(line -> line.ending() == null).toList());
  }

  CompletionStage<List<SessionLine>> lines() {
    return listing.lines();
  }

  /** The session as it is stored; fails with {@link SwarmProblem} if nobody has opened it. */
  CompletionStage<SessionSnapshot> get(SessionId id) {
    return stored(id)
        .thenApply(snapshot -> {
          if (snapshot.state() instanceof SessionState.Absent) {
            // Not noted: it may be about to be opened.
            throw SessionListing.unknown(id);
          }
          return snapshot;
        });
  }

  /**
   * The same for whoever goes on with it: one that is listed, and that no node can be about to open
   * any more, is noted as failed.
   */
  private CompletionStage<SessionSnapshot> opened(SessionId id) {
    return stored(id)
        .thenApply(snapshot -> {
          if (snapshot.state() instanceof SessionState.Absent) {
            throw SessionListing.unknown(listing.noteEnding(snapshot).session());
          }
          return snapshot;
        });
  }

  /** As it is, be it that nobody has opened it yet. */
  CompletionStage<SessionSnapshot> stored(SessionId id) {
    return listing.stored(id);
  }

  /** Its node may have been killed before the directory was told. */
  private Opened noteEnding(SessionSnapshot snapshot) {
    return new Opened(listing.noteEnding(snapshot).session().value());
  }

  Opened drive(SessionId id) {
    driven.add(id);
    means
        .parts()
        .orchestrators()
        .tell(new ShardingEnvelope<>(id.value(), new Orchestrator.Drive()));
    return new Opened(id.value());
  }

  private SessionSummary summary(SessionLine line) {
    String status = line.ending();
    if (status == null) {
      status = driven.contains(line.session()) ? RUNNING : "paused";
    }
    return new SessionSummary(
        line.session().value(),
        line.goal(),
        line.workspace(),
        status,
        line.openedAt(),
        line.endedAt(),
        line.latest() == null ? 1 : line.latest().number(),
        line.latest() == null ? line.goal() : line.latest().goal());
  }

  private static int questions(SessionSnapshot snapshot) {
    return snapshot.active().map(SessionState.Active::questions).orElse(1);
  }
}
