package io.nanoswarm.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisorSettingsTest {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  @Test
  void as_many_jvms_start_at_once_as_a_number_says_or_so_many_for_each_core() {
    assertThat(startsAtOnce("3")).isEqualTo(3);
    assertThat(startsAtOnce("3 per core")).isEqualTo(3 * CORES);
  }

  @Test
  void two_jvms_for_each_core_start_at_once_unless_it_is_said_otherwise() {
    var usual = ConfigFactory.defaultReference().getConfig("swarm.supervisor");

    assertThat(SupervisorSettings.from(usual).startsAtOnce()).isEqualTo(2 * CORES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0 per core", "cores", "-1", "2 per machine", "1000000"})
  void what_is_no_such_number_is_refused(String value) {
    assertThatThrownBy(() -> startsAtOnce(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "swarm.supervisor.starts-at-once: '%s' (expected: a number of at least 1, or one as in"
                + " 2 per core)",
            value);
  }

  private static int startsAtOnce(String value) {
    var config =
        ConfigFactory.parseString("starts-at-once = " + value)
            .withFallback(ConfigFactory.defaultReference().getConfig("swarm.supervisor"));
    return SupervisorSettings.from(config).startsAtOnce();
  }
}
