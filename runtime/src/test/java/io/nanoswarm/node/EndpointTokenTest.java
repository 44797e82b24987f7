package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.store.StoreProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointTokenTest {
  private static final String SECRET = "correct-horse-battery-staple-0123456789";

  @TempDir Path folder;

  private static String token(String host, String file) throws Exception {
    return EndpointToken.of(new TokenSettings(host, file), new Random(1));
  }

  @Test
  void an_endpoint_that_others_reach_is_not_opened_without_a_token_of_its_own() throws Exception {
    assertThatThrownBy(() -> token("10.0.0.1", ""))
        .isInstanceOf(StoreProblem.class)
        .hasMessageContaining("10.0.0.1 can be reached from other machines");
    assertThatThrownBy(() -> token("0.0.0.0", "")).isInstanceOf(StoreProblem.class);

    var file = Files.writeString(folder.resolve("token"), SECRET + "\n");
    assertThat(token("10.0.0.1", file.toString())).isEqualTo(SECRET);
  }

  @Test
  void on_the_loopback_address_one_is_made_up() throws Exception {
    assertThat(token("127.0.0.1", "")).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(SECRET);
  }

  @Test
  void a_token_that_could_be_guessed_is_refused_and_not_repeated() throws Exception {
    var file = Files.writeString(folder.resolve("token"), "hunter2\n");
    assertThatThrownBy(() -> token("127.0.0.1", file.toString()))
        .isInstanceOf(StoreProblem.class)
        .hasMessageContaining(file.toString())
        .message()
        .doesNotContain("hunter2");
  }
}
