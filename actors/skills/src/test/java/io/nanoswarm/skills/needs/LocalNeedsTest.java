package io.nanoswarm.skills.needs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.Need;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalNeedsTest {

  @Test
  void what_is_not_on_the_path_not_set_or_another_system_is_lacking() {
    var node =
        new LocalNeeds(Map.of("PATH", "/usr/bin:/bin", "TOKEN", "t", "EMPTY", ""), "Mac OS X");

    assertThat(
            node.lacking(
                needs(
                    "bin:sh",
                    "bin:no-such-program",
                    "env:TOKEN",
                    "env:EMPTY",
                    "env:ABSENT",
                    "os:darwin",
                    "os:linux",
                    "bin:sh>=3")))
        .extracting(Need::value)
        .containsExactly("bin:no-such-program", "env:EMPTY", "env:ABSENT", "os:linux", "bin:sh>=3");
  }

  private static List<Need> needs(String... values) {
    return List.of(values).stream().map(Need::new).toList();
  }
}
