package io.nanoswarm.skills.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Pythons and Nodes of this machine: on PATH, in the usual folders beside it, and where pyenv,
 * uv and nvm keep theirs. What a candidate is, it says itself: names are a hint.
 *
 * <p>Thread safe. Looking blocks, since candidates are run; each is run once.
 */
final class Interpreters {
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

  private static final List<Path> USUAL =
      List.of(Path.of("/usr/local/bin"), Path.of("/usr/bin"), Path.of("/opt/homebrew/bin"));

  /** Of pyenv: each stands for whatever is chosen elsewhere, and the installations are listed. */
  private static final Path SHIMS = Path.of(".pyenv", "shims");

  private static final Pattern VERSION_IN_NAME = Pattern.compile("(\\d+(\\.\\d+)*)");

  private static final Pattern ANSWER =
      Pattern.compile("^(\\d+\\.\\d+\\.\\d+) (/.*)$", Pattern.MULTILINE);

  private enum Kind {
    PYTHON(
        "Python",
        "python(\\d+(\\.\\d+)?)?",
        "-c",
        "import sys; print('%d.%d.%d' % tuple(sys.version_info[:3]) + ' ' + sys.executable)"),
    NODE(
        "Node",
        "node(js)?",
        "-p",
        "process.version.slice(1).split('-')[0] + ' ' + process.execPath");

    final String title;
    final Pattern name;
    final String option;
    final String question;

    Kind(String title, String name, String option, String question) {
      this.title = title;
      this.name = Pattern.compile(name);
      this.option = option;
      this.question = question;
    }
  }

  private final Surroundings surroundings;
  private final Map<Path, Optional<Interpreter>> asked = new ConcurrentHashMap<>();

  Interpreters(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Interpreter python(WantedVersion wanted) throws Unready {
    return find(Kind.PYTHON, wanted);
  }

  Interpreter node(WantedVersion wanted) throws Unready {
    return find(Kind.NODE, wanted);
  }

  /** Those whose names promise the version come first, so that few have to be asked. */
  private Interpreter find(Kind kind, WantedVersion wanted) throws Unready {
    var candidates = new ArrayList<>(candidates(kind));
    candidates.sort(Comparator.comparing(each -> !promises(each, wanted)));
    for (Path each : candidates) {
      var found = ask(kind, each);
      if (found.isPresent() && wanted.fits(found.get().version())) {
        return found.get();
      }
    }
    String others =
        candidates.stream()
            .flatMap(each -> ask(kind, each).stream())
            .distinct()
            .sorted(Comparator.comparing(Interpreter::version))
            .map(Interpreter::toString)
            .collect(Collectors.joining(", "));
    throw Unready.unmet(
        "no %s %s on this machine (found: %s)"
            .formatted(kind.title, wanted, others.isEmpty() ? "none" : others));
  }

  /** In the order in which they are to be preferred. */
  private Set<Path> candidates(Kind kind) {
    var candidates = new LinkedHashMap<Path, Path>();
    Stream.of(
            surroundings.path().stream().filter(folder -> !folder.endsWith(SHIMS)),
            USUAL.stream(),
            kept(kind).map(folder -> folder.resolve("bin")))
        .flatMap(folders -> folders)
        .flatMap(folder -> in(folder, kind))
        .forEach(each -> candidates.putIfAbsent(real(each), each));
    return new LinkedHashSet<>(candidates.values());
  }

  /** Of several names of one file the first will do. */
  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException _) {
      return file;
    }
  }

  private static Stream<Path> in(Path folder, Kind kind) {
    return entries(folder).stream()
        .filter(each -> kind.name.matcher(each.getFileName().toString()).matches())
        .filter(Surroundings::runs);
  }

  /** Folders of whole installations, the newest first. */
  private Stream<Path> kept(Kind kind) {
    Stream<Path> keepers =
        switch (kind) {
          case PYTHON ->
              Stream.concat(
                  Optional.ofNullable(surroundings.variable("PYENV_ROOT"))
                      .map(Path::of)
                      .or(() -> surroundings.home().map(home -> home.resolve(".pyenv")))
                      .map(root -> root.resolve("versions"))
                      .stream(),
                  surroundings.home().map(home -> home.resolve(".local/share/uv/python")).stream());
          case NODE -> surroundings.home().map(home -> home.resolve(".nvm/versions/node")).stream();
        };
    return keepers.flatMap(keeper -> entries(keeper).stream().sorted(Comparator.reverseOrder()));
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      var listed = new ArrayList<Path>();
      entries.forEach(listed::add);
      listed.sort(Comparator.reverseOrder());
      return listed;
    } catch (IOException | DirectoryIteratorException _) {
      // Not for us to read: nothing to be found there.
      return List.of();
    }
  }

  private static boolean promises(Path candidate, WantedVersion wanted) {
    Path installation = candidate.resolve("../..").normalize();
    return Stream.of(candidate, installation)
        .map(Path::getFileName)
        .filter(name -> name != null)
        .map(name -> VERSION_IN_NAME.matcher(name.toString()))
        .filter(Matcher::find)
        .anyMatch(found -> wanted.fits(Version.of(found.group(1))));
  }

  private Optional<Interpreter> ask(Kind kind, Path candidate) {
    return asked.computeIfAbsent(candidate, path -> answer(kind, path));
  }

  private Optional<Interpreter> answer(Kind kind, Path candidate) {
    try {
      var line = List.of(candidate.toString(), kind.option, kind.question);
      var told = ShortRun.of(line, Path.of("/"), surroundings.passedOn(List.of()), ANSWERS_WITHIN);
      Matcher answer = ANSWER.matcher(told.output());
      return told.well() && answer.find()
          ? Optional.of(new Interpreter(Path.of(answer.group(2)), Version.of(answer.group(1))))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      // It is named like one, and is none.
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
