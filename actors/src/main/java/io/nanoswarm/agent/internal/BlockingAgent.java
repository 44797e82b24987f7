package io.nanoswarm.agent.internal;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.Agent.Message;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.LinkageText;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.session.TaskId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Runs one blocking {@link Agent.Work} at a time on a thread of its own, and interrupts it when it
 * is cancelled.
 */
public final class BlockingAgent extends AbstractMatchingBehavior<Message> {
  private final Agent.Work work;
  private final ThreadFactory threads;
  private @Nullable TaskId task;
  private @Nullable Thread thread;

  public static Behavior<Message> create(Agent.Work work, ThreadFactory threads) {
    return Behaviors.setup(context -> new BlockingAgent(context, work, threads));
  }

  private BlockingAgent(ActorContext<Message> context, Agent.Work work, ThreadFactory threads) {
    super(context);
    this.work = work;
    this.threads = threads;
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    return switch (message) {
      case Agent.Perform(var given, var swarm) -> begin(given, swarm);
      case Agent.Wake(var given, var swarm) -> begin(given, swarm);
      case Agent.Cancel cancel -> onCancel(cancel);
      case Agent.Heard _ -> Behaviors.same();
    };
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop && thread != null) {
      thread.interrupt();
    }
    return Behaviors.same();
  }

  private Behavior<Message> begin(Task given, SwarmContext swarm) {
    task = given.id();
    // As they are for this message: see AttemptLog.
    Map<String, String> logFields = MDC.getCopyOfContextMap();
    thread =
        threads.newThread(() -> {
          MDC.setContextMap(logFields == null ? Map.of() : logFields);
          run(given, swarm);
        });
    thread.setName(task.value());
    // What looks services up by the thread finds those of the agent's own code.
    thread.setContextClassLoader(work.getClass().getClassLoader());
    thread.start();
    return Behaviors.same();
  }

  private Behavior<Message> onCancel(Agent.Cancel cancel) {
    if (cancel.task().equals(task) && thread != null) {
      thread.interrupt();
    }
    return Behaviors.same();
  }

  private void run(Task given, SwarmContext swarm) {
    AttemptEnd end;
    try {
      end =
          Objects.requireNonNull(
              work.perform(given, new BlockingSwarm(swarm)), "the work has no outcome");
    } catch (InterruptedException _) {
      // If the attempt was cancelled it is over, and how it ends is of no account.
      end = AttemptEnd.failed("interrupted");
    } catch (Exception e) {
      end = AttemptEnd.failed(reason(e));
    } catch (LinkageError e) {
      end = AttemptEnd.impossible(LinkageText.of(e));
    } catch (Error e) {
      var _ = swarm.end(AttemptEnd.failed(e.toString()));
      throw e;
    }
    var _ = swarm.end(end);
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
