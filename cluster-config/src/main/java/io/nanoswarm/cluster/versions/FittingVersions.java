package io.nanoswarm.cluster.versions;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import org.apache.pekko.cluster.Valid$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Asked by Pekko of both sides when a node joins: of the member that lets it in, and of the node
 * with what that member has sent of its configuration. Of a program that sends none, its version is
 * 0.
 */
public final class FittingVersions extends JoinConfigCompatChecker {

  @Override
  public Seq<String> requiredKeys() {
    return CollectionConverters.asScala(List.of(WireVersion.SPEAKS, WireVersion.UNDERSTANDS))
        .toList();
  }

  @Override
  public ConfigValidation check(Config other, Config own) {
    var theirs = WireVersion.of(other);
    var ours = WireVersion.of(own);
    return ours.fits(theirs)
        ? Valid$.MODULE$
        : new Invalid(
            CollectionConverters.asScala(
                    List.of("this node: %s; the other: %s".formatted(ours.text(), theirs.text())))
                .toList());
  }
}
