package io.nanoswarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That docs/runbook.md tells of messages which the program writes. */
class RunbookTest {
  private static final Pattern MESSAGE = Pattern.compile("^\\| `([^`]+)`");
  private static final Pattern BETWEEN_LITERALS = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final List<String> MODULES =
      List.of(
          "cluster-config", "persistence", "actors", "actors/offline", "actors/skills", "runtime");

  /** Written by Pekko. */
  private static final Set<String> OF_OTHERS =
      Set.of("heartbeat interval is growing too large", "Marking node as UNREACHABLE");

  @Test
  void every_message_in_it_is_one_of_the_program() throws IOException {
    String sources = sources();
    var messages =
        Files.readString(Path.of("../docs/runbook.md"))
            .lines()
            .flatMap(line -> MESSAGE.matcher(line).results())
            .map(found -> found.group(1))
            .filter(message -> message.contains(" ") && !message.startsWith("swarm "))
            .filter(message -> !OF_OTHERS.contains(message))
            .toList();
    assertThat(messages).hasSizeGreaterThan(20);
    for (String message : messages) {
      assertThat(sources).as(message).containsPattern(pattern(message));
    }
  }

  /** What differs stands as %s or {} in the program, or ends a literal. */
  private static Pattern pattern(String message) {
    return Pattern.compile(
        Stream.of(message.split("…"))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(Pattern::quote)
            .collect(Collectors.joining("[^;]{0,80}?")));
  }

  private static String sources() throws IOException {
    var all = new StringBuilder();
    for (String module : MODULES) {
      try (var files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          all.append(BETWEEN_LITERALS.matcher(Files.readString(file)).replaceAll(""));
        }
      }
    }
    return all.toString();
  }
}
