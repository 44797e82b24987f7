package io.nanoswarm.skills.interpreter;

import io.nanoswarm.skills.exec.ShortRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Pythons and Nodes of this machine: on PATH, in the usual folders beside it, and where
 * managers of versions keep theirs. What a candidate is, it says itself: names are a hint.
 *
 * <p>Thread safe. Looking blocks, since candidates are run; each is run once for as long as its
 * file stays as it is.
 */
public final class Interpreters {
  private static final List<Path> USUAL =
      Stream.of("/usr/local/bin", "/usr/bin", "/opt/homebrew/bin", "/opt/local/bin")
          .map(Path::of)
          .toList();

  /** Of managers: each stands for whatever is chosen elsewhere, and what is installed is listed. */
  private static final String SHIMS = "shims";

  private static final Pattern ANSWER =
      Pattern.compile("^(\\d+\\.\\d+\\.\\d+) (/.*)$", Pattern.MULTILINE);

  private record Candidate(Path path, FileTime changed, long size) {}

  private final Surroundings surroundings;
  private final VersionFolders kept;
  private final Duration answersWithin;
  private final Map<Candidate, CompletableFuture<Optional<Interpreter>>> asked =
      new ConcurrentHashMap<>();

  /**
   * @param answersWithin from asking a candidate what it is to the moment it is none
   */
  public Interpreters(Surroundings surroundings, Duration answersWithin) {
    this.surroundings = surroundings;
    this.kept = new VersionFolders(surroundings);
    this.answersWithin = answersWithin;
  }

  /**
   * One of such a version. Those whose names promise it are asked first, so that few have to be.
   *
   * @throws NoInterpreter if there is none
   */
  public Interpreter find(Language language, WantedVersion wanted) throws NoInterpreter {
    var candidates = new ArrayList<>(candidates(language));
    candidates.sort(Comparator.comparing(each -> !promises(each, wanted)));
    for (Path each : candidates) {
      var found = ask(language, each).join();
      if (found.isPresent() && wanted.fits(found.get().version())) {
        return found.get();
      }
    }
    String others =
        all(language).stream().map(Interpreter::toString).collect(Collectors.joining(", "));
    throw new NoInterpreter(
        "no %s %s on this machine (found: %s); install it, or name a version that is here"
            .formatted(language.title, wanted, others.isEmpty() ? "none" : others));
  }

  /** All that there are, by version. Takes about as long as the slowest needs to answer. */
  public List<Interpreter> all(Language language) {
    return candidates(language).stream()
        .map(each -> ask(language, each))
        // Every one is asked before the first is waited for.
        .toList()
        .stream()
        .flatMap(each -> each.join().stream())
        .distinct()
        .sorted(Comparator.comparing(Interpreter::version))
        .toList();
  }

  /** In the order in which they are to be preferred. */
  private Collection<Path> candidates(Language language) {
    var candidates = new LinkedHashMap<Path, Path>();
    Stream.of(
            surroundings.path().stream().filter(folder -> !folder.endsWith(SHIMS)),
            USUAL.stream(),
            kept.of(language))
        .flatMap(folders -> folders)
        .flatMap(folder -> in(folder, language))
        .forEach(each -> candidates.putIfAbsent(real(each), each));
    return candidates.values();
  }

  /** Of several names of one file the first will do. */
  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException _) {
      return file;
    }
  }

  private static Stream<Path> in(Path folder, Language language) {
    return VersionFolders.entries(folder, language.runtime() + "*").stream()
        .filter(each -> language.name.matcher(each.getFileName().toString()).matches())
        .filter(Surroundings::runs);
  }

  private static boolean promises(Path candidate, WantedVersion wanted) {
    Path installation = candidate.resolve("../..").normalize();
    return Stream.of(candidate, installation)
        .flatMap(place -> VersionFolders.versionInName(place).stream())
        .anyMatch(wanted::fits);
  }

  private CompletableFuture<Optional<Interpreter>> ask(Language language, Path path) {
    try {
      var candidate = new Candidate(path, Files.getLastModifiedTime(path), Files.size(path));
      return asked.computeIfAbsent(
          candidate,
          _ ->
              CompletableFuture.supplyAsync(
                  () -> answer(language, candidate),
                  task -> Thread.ofVirtual().name("ask-" + path.getFileName()).start(task)));
    } catch (IOException _) {
      // It has just gone.
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }

  private Optional<Interpreter> answer(Language language, Candidate candidate) {
    try {
      var told =
          ShortRun.of(
              language.question(candidate.path().toString()),
              Path.of("/"),
              surroundings.passedOn(List.of()),
              answersWithin);
      Matcher answer = ANSWER.matcher(told.output());
      return told.well() && answer.find()
          ? Optional.of(new Interpreter(Path.of(answer.group(2)), Version.of(answer.group(1))))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      // It is named like one, and is none.
      return Optional.empty();
    } catch (IOException _) {
      // It cannot be started, or had no time to answer: who asks next may fare better.
      asked.remove(candidate);
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
