package io.nanoswarm.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A Mermaid diagram below a heading of docs/states.md, which is drawn from a test's transitions.
 */
public final class StateDiagram {
  private static final Path PAGE = Path.of("../docs/states.md");

  private final String heading;

  private StateDiagram(String heading) {
    this.heading = heading;
  }

  public static StateDiagram of(String heading) {
    return new StateDiagram(heading);
  }

  public static String arrow(String from, String to, Class<?> event) {
    return "  %s --> %s : %s".formatted(from, to, words(event));
  }

  /** As the event is called in the journal. */
  private static String words(Class<?> event) {
    return event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  public void shows(Stream<String> arrows) {
    String wanted =
        Stream.concat(Stream.of("stateDiagram-v2"), arrows.distinct().sorted())
            .reduce((one, other) -> one + "\n" + other)
            .orElseThrow();
    assertThat(String.join("\n", drawn())).isEqualTo(wanted);
  }

  private List<String> drawn() {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines
          .dropWhile(line -> !line.equals("## " + heading))
          .dropWhile(line -> !line.equals("```mermaid"))
          .skip(1)
          .takeWhile(line -> !line.equals("```"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
