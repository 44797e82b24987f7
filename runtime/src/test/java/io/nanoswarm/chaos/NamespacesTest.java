package io.nanoswarm.chaos;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespacesTest {
  @Test
  void a_network_that_is_in_use_is_not_touched() {
    assertThatThrownBy(() -> Namespaces.refuseUsed(List.of("lo", "eth0")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("with eth0, which is not to be touched")
        .hasMessageContaining("docs/faults.sh");
  }
}
