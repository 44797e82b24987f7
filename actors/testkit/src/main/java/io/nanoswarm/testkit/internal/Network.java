package io.nanoswarm.testkit.internal;

import io.nanoswarm.session.AgentName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Decides what becomes of each message between the hosts of agents and everything durable. */
public final class Network {

  /** What becomes of a message. */
  public sealed interface Verdict {}

  /** It never arrives. */
  public record Lose() implements Verdict {}

  /** It arrives twice. */
  public record Repeat() implements Verdict {}

  /** It arrives later; others may overtake it. */
  public record Delay(Duration by) implements Verdict {}

  /** It arrives, and then something happens. */
  public record Then(Runnable what) implements Verdict {}

  /** It arrives, the agent is killed, and nothing more passes before that is done. */
  public record ThenKill(Runnable kill) implements Verdict {}

  /** It arrives. */
  public record Deliver() implements Verdict {}

  /** Applies to the first messages that it fits. */
  public interface Rule {
    boolean fits(AgentName agent, Object message);

    Verdict verdict(AgentName agent);
  }

  private static final class Standing {
    private final Rule rule;
    private int left;

    Standing(Rule rule, int times) {
      this.rule = rule;
      this.left = times;
    }
  }

  /** Longer than a lease, so that what is said under one may arrive when it is over. */
  private static final int MAX_DELAY_MILLIS = 30_000;

  private final SplittableRandom random;
  private final List<Standing> rules = new ArrayList<>();
  private double lost;
  private double repeated;
  private double delayed;

  public Network(long seed) {
    random = new SplittableRandom(seed);
  }

  public synchronized void add(Rule rule, int times) {
    rules.add(new Standing(rule, times));
  }

  /** From now on, of all messages that no rule fits. */
  public synchronized void unreliable(double losing, double repeating, double delaying) {
    lost = losing;
    repeated = repeating;
    delayed = delaying;
  }

  synchronized Verdict judge(AgentName agent, Object message) {
    for (Standing each : rules) {
      if (each.left > 0 && each.rule.fits(agent, message)) {
        each.left--;
        return each.rule.verdict(agent);
      }
    }
    double chance = random.nextDouble();
    if (chance < lost) {
      return new Lose();
    }
    if (chance < lost + repeated) {
      return new Repeat();
    }
    return chance < lost + repeated + delayed
        ? new Delay(Duration.ofMillis(random.nextInt(MAX_DELAY_MILLIS)))
        : new Deliver();
  }
}
