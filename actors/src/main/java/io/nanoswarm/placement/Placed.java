package io.nanoswarm.placement;

import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.Need;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether any node meets some needs.
 *
 * @param needs what was asked for
 * @param lacking what the node lacks that lacks least; empty if one meets them all
 * @param nodes how many nodes were asked
 */
public record Placed(List<Need> needs, List<Need> lacking, int nodes) implements CborSerializable {
  public Placed {
    needs = List.copyOf(needs);
    lacking = List.copyOf(lacking);
  }

  /** Why there is no place, for people, as {@code no node offers gh; 2 nodes up}. */
  public Optional<String> refusal() {
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no node offers %s; %s up"
                .formatted(
                    lacking.stream().map(Placed::words).collect(Collectors.joining(", ")),
                    nodes == 1 ? "1 node" : nodes + " nodes"));
  }

  private static String words(Need need) {
    String names = need.name().replace("|", " or ");
    boolean obvious = need.kind().equals("bin") || need.kind().equals("runtime");
    String what = obvious ? names : need.kind() + " " + names;
    return what
        + need.least().map(least -> " " + least + " or newer").orElse("")
        + need.within().map(version -> " " + version).orElse("");
  }
}
