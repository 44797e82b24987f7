package io.nanoswarm.testkit;

import io.nanoswarm.session.AgentName;
import io.nanoswarm.testkit.internal.Jvms;
import io.nanoswarm.testkit.internal.Network;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of certain messages between the hosts of agents and everything durable. It concerns
 * the first such message, of any agent, unless said otherwise; the first of several faults that fit
 * is taken. Stands from the call of a method that says what happens.
 *
 * @param <M> the message's class, as {@code Session.Begun} or {@code TaskQueue.Match}
 */
public final class Fault<M> {
  private final SwarmTestKit swarm;
  private final Network network;
  private final Class<M> type;
  private Predicate<M> wanted = _ -> true;
  private @Nullable AgentName agent;
  private int times = 1;

  Fault(SwarmTestKit swarm, Network network, Class<M> type) {
    this.swarm = swarm;
    this.network = network;
    this.type = type;
  }

  /** Only messages from and to this agent. */
  public Fault<M> of(String agentName) {
    agent = new AgentName(agentName);
    return this;
  }

  /** Only messages of which this is so. */
  public Fault<M> where(Predicate<M> so) {
    wanted = so;
    return this;
  }

  /** The first so many. */
  public Fault<M> times(int many) {
    times = many;
    return this;
  }

  /** It never arrives. */
  public void lose() {
    add(_ -> new Network.Lose());
  }

  /** It arrives twice. */
  public void repeat() {
    add(_ -> new Network.Repeat());
  }

  /** It arrives later, and others may overtake it. */
  public void delay(Duration by) {
    add(_ -> new Network.Delay(by));
  }

  /** It arrives, and the agent that it is from or to fails before anything comes of it. */
  public void killAgent() {
    add(whose -> new Network.ThenKill(() -> swarm.tellJvms(new Jvms.KillAgent(whose))));
  }

  /** It arrives, and the JVM that it is from or to ends before anything comes of it. */
  public void endJvm() {
    add(whose -> new Network.ThenKill(() -> swarm.tellJvms(new Jvms.End(whose))));
  }

  /** It arrives, and then the session restarts: what it had not stored is gone. */
  public void restart(SwarmRun run) {
    add(_ -> new Network.Then(run::crash));
  }

  private void add(Function<AgentName, Network.Verdict> verdict) {
    Predicate<M> so = wanted;
    AgentName only = agent;
    network.add(
        new Network.Rule() {
          @Override
          public boolean fits(AgentName whose, Object message) {
            return (only == null || only.equals(whose))
                && type.isInstance(message)
                && so.test(type.cast(message));
          }

          @Override
          public Network.Verdict verdict(AgentName whose) {
            return verdict.apply(whose);
          }
        },
        times);
  }
}
