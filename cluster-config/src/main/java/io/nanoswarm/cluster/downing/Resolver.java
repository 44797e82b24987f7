package io.nanoswarm.cluster.downing;

import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Reachability;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.sbr.DowningStrategy;
import org.apache.pekko.cluster.sbr.SplitBrainResolverBase;
import org.apache.pekko.remote.artery.ThisActorSystemQuarantinedEvent;
import scala.Function0;
import scala.concurrent.duration.FiniteDuration;
import scala.runtime.BoxedUnit;

/**
 * Pekko's split brain resolver with another strategy, and two differences. The leader of a cluster
 * may be any member, also a worker; here the first control node decides. And the time for which
 * nothing may change begins anew only when somebody is not heard who was, or is heard who was not:
 * agents' JVMs that come and go would put decisions off for as long as they do.
 */
final class Resolver extends SplitBrainResolverBase {
  private final Cluster cluster;
  private final MajorityOfControlNodes members;

  static Props props(FiniteDuration stableAfter, Cluster cluster) {
    return Props.create(
        Resolver.class,
        () ->
            new Resolver(
                stableAfter,
                cluster,
                new MajorityOfControlNodes(cluster.selfDataCenter(), cluster.selfUniqueAddress())));
  }

  private Resolver(FiniteDuration stableAfter, Cluster cluster, MajorityOfControlNodes members) {
    super(stableAfter, members);
    this.cluster = cluster;
    this.members = members;
  }

  @Override
  public UniqueAddress selfUniqueAddress() {
    return cluster.selfUniqueAddress();
  }

  @Override
  public String selfDc() {
    return cluster.selfDataCenter();
  }

  @Override
  public void preStart() throws Exception {
    cluster.subscribe(
        self(), ClusterEvent.initialStateAsEvents(), ClusterEvent.ClusterDomainEvent.class);
    var _ =
        context().system().eventStream().subscribe(self(), ThisActorSystemQuarantinedEvent.class);
    super.preStart();
  }

  @Override
  public void postStop() {
    cluster.unsubscribe(self());
    context().system().eventStream().unsubscribe(self());
    super.postStop();
  }

  @Override
  public boolean isResponsible() {
    return selfMemberAdded() && members.isDecidedBy(selfUniqueAddress());
  }

  @Override
  public void mutateMemberInfo(boolean resetStable, Function0<BoxedUnit> change) {
    noting(() -> super.mutateMemberInfo(false, change));
  }

  @Override
  public void reachabilityChanged(Reachability reachability) {
    noting(() -> super.reachabilityChanged(reachability));
  }

  private void noting(Runnable change) {
    var before = members.unheardThatMatter();
    change.run();
    var after = members.unheardThatMatter();
    if (!before.equals(after)) {
      log().info("not heard are now {}", after);
      resetStableDeadline();
    }
  }

  @Override
  public void down(UniqueAddress node, DowningStrategy.Decision decision) {
    log().info("putting {} out of the cluster", node);
    cluster.down(node.address());
  }
}
