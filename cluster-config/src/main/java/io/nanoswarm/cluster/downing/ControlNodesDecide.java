package io.nanoswarm.cluster.downing;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.DowningProvider;
import org.apache.pekko.cluster.sbr.SplitBrainResolverSettings;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/**
 * What {@code pekko.cluster.downing-provider-class} names on all members, since one with another is
 * refused; workers never decide. Of Pekko's own settings {@code split-brain-resolver.stable-after}
 * holds.
 *
 * <p>It stands on classes that Pekko calls internal: see record 11 in {@code docs/adr}.
 */
public final class ControlNodesDecide extends DowningProvider {
  private final ActorSystem system;
  private final FiniteDuration stableAfter;

  /** Made by Pekko. */
  public ControlNodesDecide(ActorSystem system) {
    this.system = system;
    stableAfter = new SplitBrainResolverSettings(system.settings().config()).DowningStableAfter();
  }

  /** As long as the other side may take to decide. */
  @Override
  public FiniteDuration downRemovalMargin() {
    return stableAfter;
  }

  @Override
  public Option<Props> downingActorProps() {
    return Option.apply(Resolver.props(stableAfter, Cluster.get(system)));
  }
}
