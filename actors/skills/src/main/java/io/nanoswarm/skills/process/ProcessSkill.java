package io.nanoswarm.skills.process;

import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.SwarmSkill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A skill in a process of its own.
 *
 * <p>Guarantees: the process is started with the first call, and stays for the next ones until it
 * has been idle for a while; a call after its end starts another. It answers as many calls at once
 * as its limits say, the others wait for their turn. A call that is about to take too long is
 * cancelled shortly before its limit, and its process killed at it. So is one whose attempt is
 * over, at once and after a grace. Nothing blocks the caller.
 *
 * <p>Not promised: that a call was made once. A process that ended without an answer may have done
 * what it was asked.
 */
final class ProcessSkill implements SwarmSkill {
  /** An agent's code runs behind a result, and not on a thread that others wait for. */
  private static final Executor APART = work -> Thread.ofVirtual().name("skill-result").start(work);

  private final SkillCard card;
  private final Launch launch;
  private final ProcessLimits limits;
  private final ProcessSkillSettings settings;
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private int running;
  private @Nullable CompletableFuture<SkillProcess> process;
  private @Nullable Future<?> idle;
  private boolean closed;

  ProcessSkill(SkillCard card, Launch launch, ProcessLimits limits, ProcessSkillSettings settings) {
    this.card = card;
    this.launch = launch;
    this.limits = limits;
    this.settings = settings;
  }

  @Override
  public SkillCard card() {
    return card;
  }

  @Override
  public CompletionStage<SkillResult> call(SkillCall call) {
    return call(call, _ -> {});
  }

  @Override
  public CompletionStage<SkillResult> call(SkillCall call, SwarmContext swarm) {
    return call(call, swarm::progress);
  }

  /**
   * @param progress told what the process says meanwhile; must not block
   */
  CompletionStage<SkillResult> call(SkillCall call, Consumer<String> progress) {
    var turn = new Turn(call, progress);
    synchronized (this) {
      if (closed) {
        turn.complete(ended());
      } else if (waiting.size() >= settings.waiting()) {
        turn.complete(
            new SkillResult.Failed(
                Cause.LIMIT,
                "%d calls of skill %s wait already".formatted(settings.waiting(), card.name())));
      } else {
        waiting.add(turn);
      }
    }
    var _ = turn.result.whenComplete((_, _) -> forget(turn));
    turn.limit(call.timeLimit());
    var _ = call.over().thenRun(turn::abandon);
    advance();
    return turn.result.minimalCompletionStage();
  }

  /** One that has its answer waits no longer, whatever holds up the others. */
  private synchronized void forget(Turn turn) {
    waiting.remove(turn);
  }

  /** Ends the process; calls that have no answer yet fail. */
  @Override
  public void close() {
    List<Turn> left;
    CompletableFuture<SkillProcess> last;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(waiting);
      waiting.clear();
      last = process;
      process = null;
    }
    left.forEach(each -> each.complete(ended()));
    close(last);
  }

  private static void close(@Nullable CompletableFuture<SkillProcess> process) {
    if (process != null) {
      var _ = process.thenAccept(SkillProcess::close);
    }
  }

  private SkillResult.Failed ended() {
    return new SkillResult.Failed(
        Cause.ENDED, "skill %s was closed: its agent has ended".formatted(card.name()));
  }

  /** Once the process is there, calls are sent in the order in which they were made. */
  private void advance() {
    CompletableFuture<SkillProcess> to;
    synchronized (this) {
      if (closed || waiting.isEmpty() || running >= limits.calls()) {
        return;
      }
      to = process();
    }
    var _ = to.whenComplete(this::send);
  }

  private void send(@Nullable SkillProcess process, @Nullable Throwable failure) {
    for (Turn next = next(); next != null; next = next()) {
      Turn turn = next;
      SkillResult.Failed refused = process == null ? unready(failure) : turn.begin(process);
      if (process != null && refused != null && turn.mayTryAgain()) {
        putBack(turn);
        advance();
        return;
      }
      var _ = turn.result.whenComplete((_, _) -> onDone());
      if (refused != null) {
        turn.complete(refused);
      }
    }
  }

  /** The process was over before it was asked: another will do. */
  private synchronized void putBack(Turn turn) {
    running--;
    waiting.addFirst(turn);
  }

  private synchronized @Nullable Turn next() {
    while (running < limits.calls()) {
      Turn next = waiting.poll();
      if (next == null) {
        return null;
      }
      if (!next.result.isDone()) {
        running++;
        stayAwake();
        return next;
      }
    }
    return null;
  }

  private synchronized void stayAwake() {
    if (idle != null) {
      idle.cancel(false);
      idle = null;
    }
  }

  private void onDone() {
    synchronized (this) {
      running--;
      if (running == 0 && !closed) {
        stayAwake();
        idle = after(limits.idle(), this::onIdle);
      }
    }
    advance();
  }

  private void onIdle() {
    CompletableFuture<SkillProcess> last;
    synchronized (this) {
      if (running > 0) {
        return;
      }
      last = process;
      process = null;
    }
    close(last);
  }

  private static SkillResult.Failed unready(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof Unready unready
        ? unready.failed()
        : new SkillResult.Failed(Cause.ENDED, "cannot be started: " + cause);
  }

  private synchronized CompletableFuture<SkillProcess> process() {
    boolean usable =
        process != null
            && !process.isCompletedExceptionally()
            && !(process.isDone() && process.join().isOver());
    if (process == null || !usable) {
      process = start();
    }
    return process;
  }

  private CompletableFuture<SkillProcess> start() {
    var started = new CompletableFuture<SkillProcess>();
    Thread.ofVirtual()
        .name("skill-%s-start".formatted(card.name()))
        .start(() -> {
          try {
            started.complete(
                SkillProcess.start(card.name(), launch.order(), limits, settings.grace()));
          } catch (Unready e) {
            started.completeExceptionally(e);
          } catch (IOException | RuntimeException e) {
            started.completeExceptionally(
                new Unready(
                    Cause.ENDED,
                    "skill %s cannot be started: %s".formatted(card.name(), e.getMessage())));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.completeExceptionally(e);
          }
        });
    return started;
  }

  private static Future<?> after(Duration delay, Runnable work) {
    return ForkJoinPool.commonPool().schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One call, from when it is made to its result. */
  private final class Turn {
    private final SkillCall call;
    private final Consumer<String> progress;
    private final CompletableFuture<SkillResult> result = new CompletableFuture<>();
    private volatile @Nullable Sent sent;
    private volatile boolean abandoned;
    private boolean tried;

    private record Sent(SkillProcess to, Exchange exchange) {}

    Turn(SkillCall call, Consumer<String> progress) {
      this.call = call;
      this.progress = progress;
    }

    void complete(SkillResult with) {
      result.completeAsync(() -> with, APART);
    }

    /** Once. */
    boolean mayTryAgain() {
      boolean first = !tried;
      tried = true;
      return first;
    }

    /** Says why not, if the process is over already. */
    SkillResult.@Nullable Failed begin(SkillProcess process) {
      if (result.isDone()) {
        return null;
      }
      var exchange = Exchange.open(progress);
      var refused = process.call(call, limits.time(), exchange);
      if (refused != null) {
        return refused;
      }
      sent = new Sent(process, exchange);
      var _ = exchange.result().thenAccept(this::complete);
      limit(limits.time());
      if (abandoned) {
        process.abandoned(exchange);
      } else if (result.isDone()) {
        process.overdue(exchange, call.timeLimit());
      }
      return null;
    }

    /** From now on. The process hears of it shortly before, and may still end in order. */
    void limit(Duration limit) {
      Duration tenth = limit.dividedBy(10);
      Duration grace = tenth.compareTo(settings.grace()) < 0 ? tenth : settings.grace();
      Future<?> cancel = after(limit.minus(grace), this::cancel);
      Future<?> overdue = after(limit, () -> overdue(limit));
      var _ =
          result.whenComplete((_, _) -> {
            cancel.cancel(false);
            overdue.cancel(false);
          });
    }

    private void cancel() {
      var begun = sent;
      if (begun != null) {
        begun.to().cancel(begun.exchange());
      }
    }

    /** Nobody wants the result any more. The process may end the call in order, for a moment. */
    void abandon() {
      abandoned = true;
      if (sent == null) {
        complete(
            new SkillResult.Failed(
                Cause.ENDED,
                "skill %s was not ready before the attempt was over".formatted(card.name())));
      }
      cancel();
      Future<?> kill = after(settings.grace(), this::kill);
      var _ = result.whenComplete((_, _) -> kill.cancel(false));
    }

    private void kill() {
      var begun = sent;
      if (begun != null) {
        begun.to().abandoned(begun.exchange());
      }
    }

    private void overdue(Duration limit) {
      var begun = sent;
      if (begun != null) {
        begun.to().overdue(begun.exchange(), limit);
      } else {
        complete(
            new SkillResult.Failed(
                Cause.TIMED_OUT,
                "skill %s was not ready within %s: it was being started, or others were before"
                    .formatted(card.name(), SkillProcess.seconds(limit))));
      }
    }
  }
}
