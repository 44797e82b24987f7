package io.nanoswarm.placement;

import io.nanoswarm.session.Need;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * What a machine offers, for all that was ever asked of it: probes once at a time, and again for
 * what was lacking, since somebody may have installed it.
 *
 * <p>Bounds: the latest {@value #MOST_ASKED} needs.
 */
public final class Prober extends AbstractMatchingBehavior<Prober.Command> {
  private static final int MOST_ASKED = 256;

  /** What a prober is told. Never leaves the JVM. */
  public sealed interface Command {}

  /** Whether the machine meets these needs; none, just to learn what it is. */
  public record Ask(List<Need> needs, ActorRef<Found> replyTo) implements Command {
    public Ask {
      needs = List.copyOf(needs);
    }
  }

  /**
   * Answers {@link Ask}.
   *
   * @param offers these needs were looked for among others
   */
  public record Found(List<Need> needs, Offers offers) {}

  private record Probed(Offers offers) implements Command {}

  private record NotProbed(Throwable why) implements Command {}

  private final Probe probe;
  private final SequencedSet<Need> asked = new LinkedHashSet<>();
  private final List<Ask> waiting = new ArrayList<>();
  private List<Ask> probing = List.of();
  private @Nullable Offers latest;

  public static Behavior<Command> create(Probe probe) {
    return Behaviors.setup(context -> new Prober(context, probe));
  }

  private Prober(ActorContext<Command> context, Probe probe) {
    super(context);
    context.setLoggerName(Prober.class);
    this.probe = probe;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Ask ask -> onAsk(ask);
      case Probed(var offers) -> onProbed(offers);
      case NotProbed(var why) -> onNotProbed(why);
    }
    return this;
  }

  private void onAsk(Ask ask) {
    Offers offers = latest;
    boolean probedFor = offers != null && asked.containsAll(ask.needs());
    remember(ask.needs());
    if (offers != null && probedFor && offers.lacking(ask.needs()).isEmpty()) {
      answer(ask, offers);
    } else {
      waiting.add(ask);
      probeNext();
    }
  }

  private void remember(Collection<Need> needs) {
    needs.forEach(asked::addLast);
    while (asked.size() > MOST_ASKED) {
      asked.removeFirst();
    }
  }

  /** One probe answers all who asked before it began. */
  private void probeNext() {
    if (!probing.isEmpty() || waiting.isEmpty()) {
      return;
    }
    probing = List.copyOf(waiting);
    waiting.clear();
    getContext()
        .pipeToSelf(
            probe.probe(List.copyOf(asked)),
            (offers, failure) -> failure == null ? new Probed(offers) : new NotProbed(failure));
  }

  /** Against its promise: nothing is offered, and the next who asks has it probe again. */
  private void onNotProbed(Throwable failure) {
    getContext().getLog().error("this machine could not be probed: [{}]", failure.toString());
    onProbed(Offers.NONE);
  }

  private void onProbed(Offers offers) {
    latest = offers;
    probing.forEach(ask -> answer(ask, offers));
    probing = List.of();
    probeNext();
  }

  private static void answer(Ask ask, Offers offers) {
    ask.replyTo().tell(new Found(ask.needs(), offers));
  }
}
