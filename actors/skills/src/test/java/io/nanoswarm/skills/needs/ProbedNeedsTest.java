package io.nanoswarm.skills.needs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.placement.Offers;
import io.nanoswarm.session.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProbedNeedsTest {
  private static final Offers MACHINE =
      new Offers(Map.of("gh", "2.23.0"), Map.of(), Set.of("TOKEN"), "linux", 4096, 2, Set.of());

  private final List<Need> asked = new ArrayList<>();
  private final NodeNeeds node =
      new ProbedNeeds(needs -> {
        asked.addAll(needs);
        return CompletableFuture.completedFuture(MACHINE);
      });

  @Test
  void what_the_probe_does_not_find_is_lacking_and_versions_are_compared() {
    assertThat(
            node.lacking(
                needs("bin:gh>=2", "bin:gh>=3", "bin:jq", "env:TOKEN", "env:ABSENT", "os:linux")))
        .extracting(Need::value)
        .containsExactly("bin:gh>=3", "bin:jq", "env:ABSENT");
  }

  @Test
  void only_what_is_needed_is_probed_for() {
    assertThat(node.lacking(List.of())).isEmpty();
    assertThat(asked).isEmpty();

    assertThat(node.lacking(needs("bin:gh>=2"))).isEmpty();
    assertThat(asked).extracting(Need::value).containsExactly("bin:gh>=2");
  }

  @Test
  void whoever_is_interrupted_while_waiting_has_nothing_and_stays_interrupted() {
    var never = new ProbedNeeds(_ -> new CompletableFuture<>());

    Thread.currentThread().interrupt();

    assertThat(never.lacking(needs("bin:gh"))).extracting(Need::value).containsExactly("bin:gh");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static List<Need> needs(String... values) {
    return List.of(values).stream().map(Need::new).toList();
  }
}
