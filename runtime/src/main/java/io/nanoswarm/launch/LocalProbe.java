package io.nanoswarm.launch;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.Config;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.placement.PlacementSettings;
import io.nanoswarm.placement.Probe;
import io.nanoswarm.session.Need;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.skills.interpreter.Interpreter;
import io.nanoswarm.skills.interpreter.Interpreters;
import io.nanoswarm.skills.interpreter.Language;
import io.nanoswarm.skills.interpreter.NoInterpreter;
import io.nanoswarm.skills.interpreter.Surroundings;
import io.nanoswarm.skills.interpreter.Version;
import io.nanoswarm.skills.interpreter.WantedVersion;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Probes the machine that this JVM runs on. Programs are looked up on the path, and run to learn
 * their versions, all of them at the same time.
 */
public final class LocalProbe implements Probe {
  private static final String JAVA = "java";
  private static final String ANY_VERSION = ">=0";

  private final PlacementSettings settings;
  private final Map<String, String> environment;
  private final ProgramVersions versions;
  private final Interpreters interpreters;
  private final Executor blocking;

  /**
   * @param environment that agents and skills see; of what it holds the path is read, and of the
   *     others the names, and whether they are empty
   * @param blocking for looking at files and waiting for programs
   */
  public LocalProbe(
      PlacementSettings settings, Map<String, String> environment, Executor blocking) {
    this.settings = settings;
    this.environment = environment;
    this.versions = new ProgramVersions(settings.versionWithin());
    this.interpreters = new Interpreters(new Surroundings(environment), settings.versionWithin());
    this.blocking = blocking;
  }

  /**
   * With the environment of this JVM, as far as its workers and their skills see it: what stays
   * behind is not offered. On threads of its own.
   *
   * @param whole of the node
   */
  public static LocalProbe ofThisJvm(Config whole) {
    return new LocalProbe(
        PlacementSettings.of(whole),
        WorkerCommand.visible(System.getenv(), SkillsSettings.of(whole).environment()),
        task -> Thread.ofVirtual().name("probe").start(task));
  }

  @Override
  public CompletionStage<Offers> probe(Collection<Need> asked) {
    var needs = asked.stream().flatMap(need -> need.alternatives().stream()).toList();
    var path = new ProgramPath(environment.getOrDefault("PATH", ""));
    CompletionStage<Map<String, String>> programs =
        all(needs, "bin", (name, wanted) -> program(path, name, wanted));
    CompletionStage<Map<String, List<String>>> runtimes =
        all(needs, "runtime", (name, wanted) -> runtime(path, name, wanted));
    return programs.thenCombine(runtimes, (bins, langs) -> offers(bins, langs, needs));
  }

  /** Finds one thing, for all who need it. */
  @FunctionalInterface
  private interface Finder<T> {
    Optional<T> find(String name, List<Need> wanted);
  }

  private <T> CompletionStage<Map<String, T>> all(
      Collection<Need> needs, String kind, Finder<T> finder) {
    var byName =
        needs.stream()
            .filter(need -> need.kind().equals(kind))
            .collect(Collectors.groupingBy(Need::name));
    var found = new TreeMap<String, CompletableFuture<Optional<T>>>();
    byName.forEach((name, wanted) ->
        found.put(name, CompletableFuture.supplyAsync(() -> finder.find(name, wanted), blocking)));
    return CompletableFuture.allOf(found.values().toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          var there = new TreeMap<String, T>();
          found.forEach((name, it) -> it.join().ifPresent(what -> there.put(name, what)));
          return there;
        });
  }

  /** Its version is empty if nobody wants it or it has none. */
  private Optional<String> program(ProgramPath path, String name, List<Need> wanted) {
    Optional<Path> program = path.find(name);
    return wanted.stream().anyMatch(LocalProbe::namesVersion)
        ? program.map(versions::of)
        : program.map(_ -> "");
  }

  private static boolean namesVersion(Need need) {
    return need.least().isPresent() || need.within().isPresent();
  }

  /** Java is this one; of other languages the program of their name is. */
  private Optional<List<String>> runtime(ProgramPath path, String name, List<Need> wanted) {
    if (name.equals(JAVA)) {
      return Optional.of(List.of(Runtime.version().toString()));
    }
    var language =
        Stream.of(Language.values()).filter(each -> each.runtime().equals(name)).findFirst();
    return language.isPresent()
        ? Optional.of(interpreters(language.get(), wanted)).filter(found -> !found.isEmpty())
        : program(path, name, wanted)
            .map(version -> version.isEmpty() ? List.of() : List.of(version));
  }

  /** For each need one that meets it: there may be many, and each would have to be asked. */
  private List<String> interpreters(Language language, List<Need> wanted) {
    return wanted.stream()
        .flatMap(need -> meeting(language, need))
        .map(Interpreter::version)
        .distinct()
        .sorted()
        .map(Version::toString)
        .toList();
  }

  private Stream<Interpreter> meeting(Language language, Need need) {
    try {
      String condition =
          need.least().map(least -> ">=" + least).or(need::within).orElse(ANY_VERSION);
      return Stream.of(interpreters.find(language, WantedVersion.of(condition)));
    } catch (NoInterpreter _) {
      return Stream.empty();
    } catch (IllegalArgumentException _) {
      // A version that no interpreter tells in such words, as 3.13.0rc1.
      return interpreters.all(language).stream();
    }
  }

  private Offers offers(
      Map<String, String> programs, Map<String, List<String>> runtimes, Collection<Need> asked) {
    Set<String> variables =
        names(asked, "env").stream()
            // As nanobot has it: what is empty is as good as not set.
            .filter(name -> !environment.getOrDefault(name, "").isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    var system =
        Objects.requireNonNull(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class));
    return new Offers(
        programs,
        runtimes,
        variables,
        Offers.osName(system.getName()),
        system.getTotalMemorySize() >> 20,
        Runtime.getRuntime().availableProcessors(),
        settings.labels());
  }

  private static Set<String> names(Collection<Need> asked, String kind) {
    return asked.stream()
        .filter(need -> need.kind().equals(kind))
        .map(Need::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
