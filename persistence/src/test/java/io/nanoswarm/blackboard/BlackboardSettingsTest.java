package io.nanoswarm.blackboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class BlackboardSettingsTest {
  private static final Config DEFAULTS =
      ConfigFactory.load("reference").getConfig("swarm.blackboard");

  @Test
  void defaults_are_read_with_their_units() {
    assertThat(BlackboardSettings.from(DEFAULTS).maxBytes()).isEqualTo(16 * 1024 * 1024);
  }

  @Test
  void a_value_out_of_range_is_refused_by_key_and_expectation() {
    var config = ConfigFactory.parseString("max-bytes = 1 KiB").withFallback(DEFAULTS);

    assertThatThrownBy(() -> BlackboardSettings.from(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("max-bytes 1024")
        .hasMessageContaining("expected");
  }
}
