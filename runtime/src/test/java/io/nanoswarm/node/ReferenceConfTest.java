package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of ours is read by somebody, has a default, and is explained. */
class ReferenceConfTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern KEY = Pattern.compile("^\\s*([\\w.-]+)\\s*(=|\\{).*");

  @Test
  void every_key_that_has_a_default_is_read_and_the_other_way_round() throws Exception {
    Config defaults = ConfigFactory.defaultReference();
    var asked =
        new AskedConfig(
            ConfigFactory.parseMap(
                    Map.of(
                        "swarm.journal.database", "postgresql",
                        "swarm.journal.postgresql.url", "jdbc:postgresql://a/b"))
                .withFallback(defaults));
    var _ = DatabaseSettings.of(asked.asked(), Map.of());
    var read = new TreeSet<>(CheckedSettings.check(defaults));
    read.addAll(asked.keys());
    var known = new TreeSet<>(KnownKeys.ofDefaults(defaults).ours());
    known.removeIf(key -> key.startsWith("swarm.dispatchers."));

    assertThat(read).isEqualTo(known);
  }

  static Stream<Path> ours() throws IOException {
    try (var all = Files.walk(ROOT)) {
      return all
          .filter(file ->
              file.toString().matches(".*/src/main/resources/(layers/\\w+|reference)\\.conf"))
          .toList()
          .stream();
    }
  }

  /** A group may be explained as a whole, a key never is by its neighbour. */
  @ParameterizedTest
  @MethodSource("ours")
  void every_key_is_explained(Path file) throws IOException {
    List<String> bare = new ArrayList<>();
    String before = "";
    int dispatcher = 0;
    for (String line : Files.readAllLines(file)) {
      var key = KEY.matcher(line);
      if (!line.strip().startsWith("#") && key.matches()) {
        boolean isLeaf = key.group(2).equals("=");
        boolean isOverride = line.contains("${?");
        if (isLeaf && !isOverride && dispatcher == 0 && !before.strip().startsWith("#")) {
          bare.add(line.strip());
        }
      }
      if (line.contains("swarm.dispatchers {") || dispatcher > 0) {
        dispatcher += line.length() - line.replace("{", "").length();
        dispatcher -= line.length() - line.replace("}", "").length();
      }
      before = line;
    }

    assertThat(bare).as("keys of %s without a comment above them", file).isEmpty();
  }
}
