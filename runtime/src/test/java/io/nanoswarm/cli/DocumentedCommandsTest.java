package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What pages tell people to type is taken by the command line, and read by the program. */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final String FENCE = "```";

  /** The program, not a namespace of Kubernetes by its name. */
  private static final Pattern PROGRAM =
      Pattern.compile("(?<!-n)(?:^|[ (])(?:\\.{1,2}/)?swarm ([a-z][^`]*)");

  private static final Pattern INLINE = Pattern.compile("`(?:\\.{1,2}/)?swarm ([a-z][^`…]*)`");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z][A-Z0-9:,=.|\\[\\]_-]*");
  private static final Pattern VARIABLE = Pattern.compile("\\bNANOSWARM_[A-Z0-9_]*[A-Z0-9]\\b");

  private static final List<String> PROGRAM_FILES =
      List.of(
          "swarm",
          "jdk.sh",
          "docs",
          "cluster-config",
          "persistence/src/main",
          "actors/src/main",
          "actors/offline/src/main",
          "actors/skills/src/main",
          "actors/testkit/src/main",
          "runtime/src/main",
          "samples/src/main");

  @TempDir Path folder;

  /**
   * @param strict whether it can be typed as it stands
   */
  private record Command(Path page, String text, boolean strict) {}

  @TestFactory
  Stream<DynamicTest> every_command_of_a_page_is_taken() throws IOException {
    var commands = new ArrayList<Command>();
    for (Path page : pages()) {
      commands.addAll(commands(page));
    }
    assertThat(commands).hasSizeGreaterThan(100).anyMatch(Command::strict);
    return commands.stream()
        .map(command ->
            dynamicTest(
                ROOT.relativize(command.page()) + ": swarm " + command.text(),
                () -> check(command)));
  }

  @Test
  void every_variable_of_a_page_is_read_somewhere() throws IOException {
    var read = new TreeSet<String>();
    for (String place : PROGRAM_FILES) {
      try (var files = Files.walk(ROOT.resolve(place))) {
        for (Path file : files.filter(DocumentedCommandsTest::isProgram).toList()) {
          read.addAll(variables(file));
        }
      }
    }
    for (Path page : pages()) {
      assertThat(read).as(page.toString()).containsAll(variables(page));
    }
  }

  private void check(Command command) {
    try (var fixture = new CommandLineFixture(folder)) {
      List<String> words = words(command.text());
      try {
        var _ = fixture.commandLine().parseArgs(words.toArray(String[]::new));
      } catch (CommandLine.UnmatchedArgumentException e) {
        throw new AssertionError(command + ": " + e.getMessage(), e);
      } catch (CommandLine.ParameterException e) {
        boolean placeholders = words.stream().anyMatch(w -> PLACEHOLDER.matcher(w).matches());
        if (command.strict() && !placeholders) {
          throw new AssertionError(command + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private static List<Command> commands(Path page) throws IOException {
    var commands = new ArrayList<Command>();
    boolean bash = false;
    boolean other = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith(FENCE)) {
        boolean ends = bash || other;
        bash = !ends && (line.equals(FENCE + "bash") || line.equals(FENCE));
        other = !ends && !bash;
        continue;
      }
      if (bash) {
        var found = PROGRAM.matcher(line.replace("-n swarm ", ""));
        if (found.find() && !line.startsWith("•")) {
          commands.add(new Command(page, found.group(1), true));
        }
      } else if (!other) {
        INLINE
            .matcher(line)
            .results()
            .forEach(found -> commands.add(new Command(page, found.group(1), false)));
      }
    }
    return commands;
  }

  /** Those of the command, without what the shell does with it. */
  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    var found = WORD.matcher(text);
    while (found.find()) {
      String quoted = found.group(1);
      if (quoted != null) {
        words.add(quoted);
        continue;
      }
      String word = found.group(2);
      if (Set.of("#", "|", ">", "&&", "&", ";").contains(word)) {
        break;
      }
      boolean last = word.endsWith(")\"") || word.endsWith(";");
      words.add(last ? word.replaceAll("[)\";]+$", "") : word);
      if (last) {
        break;
      }
    }
    return words;
  }

  private static List<Path> pages() throws IOException {
    try (var docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("samples/README.md")),
              docs.filter(page -> page.toString().endsWith(".md")))
          .sorted()
          .toList();
    }
  }

  private static boolean isProgram(Path file) {
    String name = file.toString();
    return Files.isRegularFile(file) && !name.contains("/target/") && !name.endsWith(".md");
  }

  private static Set<String> variables(Path file) throws IOException {
    var found = new TreeSet<String>();
    // Some resources are no text.
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    VARIABLE.matcher(text).results().forEach(each -> found.add(each.group()));
    return found;
  }
}
