package io.nanoswarm.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceLinksTest {
  @TempDir Path root;

  @BeforeEach
  void write() throws Exception {
    Files.createDirectories(root.resolve("src"));
    Files.writeString(root.resolve("src/A b.java"), "");
    Files.writeString(root.resolve("src/A.java"), "");
    Files.writeString(root.resolve("guide.pdf"), "");
  }

  @Test
  void places_of_files_that_are_there_become_links() {
    var links = new PlaceLinks(root);

    assertThat(links.in("see \u001b[33msrc/A.java:12\u001b[0m, or guide.pdf:p3:7."))
        .isEqualTo(
            "see \u001b[33m\u001b]8;;%s#12\u001b\\src/A.java:12\u001b]8;;\u001b\\\u001b[0m, or \u001b]8;;%s#page=3\u001b\\guide.pdf:p3:7\u001b]8;;\u001b\\."
                .formatted(root.resolve("src/A.java").toUri(), root.resolve("guide.pdf").toUri()));
  }

  @Test
  void nothing_else_does() throws Exception {
    Path outside = Files.createTempFile("outside", ".txt");
    String text = "src/B.java:1 12:30 ../%s:1 %s:1 src:1".formatted(outside.getFileName(), outside);

    assertThat(new PlaceLinks(root.resolve("src")).in(text)).isEqualTo(text);
    Files.delete(outside);
  }

  @Test
  void links_are_for_terminals_that_bear_them() {
    assertThat(PlaceLinks.known(Map.of("TERM", "xterm-256color"))).isTrue();
    assertThat(PlaceLinks.known(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(PlaceLinks.known(Map.of("TERM", "linux"))).isFalse();
    assertThat(PlaceLinks.known(Map.of())).isFalse();
  }
}
