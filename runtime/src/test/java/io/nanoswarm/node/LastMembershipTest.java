package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.cluster.ClusterSettings;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastMembershipTest {
  private static final Duration REJOIN_AFTER = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Duration waited = Duration.ZERO;
  private final List<String> told = new ArrayList<>();

  @Test
  void after_a_run_that_did_not_end_in_order_a_node_waits_while_others_run() throws Exception {
    membership(_ -> true).begun(at(25520));

    membership(place -> place.equals("other:25520")).awaitForgotten(at(25520), told::add);

    assertThat(waited).isEqualTo(REJOIN_AFTER);
    assertThat(told)
        .containsExactly(
            "the last run at node:25520 did not end in order: waiting 20 s, until the others have"
                + " put it out");
  }

  @Test
  void it_waits_no_shorter_than_it_is_told_to_whatever_the_looks_take() throws Exception {
    membership(_ -> true).begun(at(25520));
    var settings =
        new ClusterSettings(
            "node",
            "",
            25520,
            List.of("other:25520"),
            Duration.ofMillis(1500),
            Duration.ofSeconds(30),
            null);

    membership(_ -> true).awaitForgotten(settings, told::add);

    assertThat(waited).hasMillis(1500);
  }

  @Test
  void after_one_that_did_it_does_not() throws Exception {
    membership(_ -> true).begun(at(25520));
    membership(_ -> true).ended();

    membership(_ -> true).awaitForgotten(at(25520), told::add);

    assertThat(waited).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void nor_at_another_address_nor_the_first_time_nor_alone() throws Exception {
    membership(_ -> true).awaitForgotten(at(25520), told::add);
    membership(_ -> true).begun(at(25520));

    membership(_ -> true).awaitForgotten(at(25521), told::add);
    membership("node:25520"::equals).awaitForgotten(at(25520), told::add);

    assertThat(waited).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void it_goes_on_as_soon_as_nobody_is_left_who_could_remember_it() throws Exception {
    membership(_ -> true).begun(at(25520));

    membership(_ -> waited.toSeconds() < 3).awaitForgotten(at(25520), told::add);

    assertThat(waited).hasSeconds(3);
  }

  @Test
  void a_node_on_its_own_notes_nothing() {
    membership(_ -> true).begun(settings(25520, List.of()));

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whether_somebody_runs_is_seen_by_the_port() throws Exception {
    var real = new LastMembership(folder);
    int free;
    try (var other = new ServerSocket(0)) {
      free = other.getLocalPort();
    }
    var alone = settings(25520, List.of("127.0.0.1:" + free));
    real.begun(alone);

    real.awaitForgotten(alone, told::add); // returns, or the test runs into its limit of time

    assertThat(folder.resolve("member")).hasContent("node:25520\n");
  }

  private LastMembership membership(Predicate<String> listens) {
    return new LastMembership(folder, listens, time -> waited = waited.plus(time));
  }

  private static ClusterSettings at(int port) {
    return settings(port, List.of("node:25520", "other:25520"));
  }

  private static ClusterSettings settings(int port, List<String> join) {
    return new ClusterSettings("node", "", port, join, REJOIN_AFTER, Duration.ofSeconds(30), null);
  }
}
