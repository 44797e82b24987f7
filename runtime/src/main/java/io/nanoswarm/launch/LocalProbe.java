package io.nanoswarm.launch;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.Config;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.placement.PlacementSettings;
import io.nanoswarm.placement.Probe;
import io.nanoswarm.session.Need;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.skills.interpreter.Interpreters;
import io.nanoswarm.skills.interpreter.Language;
import io.nanoswarm.skills.interpreter.Surroundings;
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
        all(needs, "bin", (name, versioned) -> program(path, name, versioned));
    CompletionStage<Map<String, List<String>>> runtimes =
        all(needs, "runtime", (name, versioned) -> runtime(path, name, versioned));
    return programs.thenCombine(runtimes, (bins, langs) -> offers(bins, langs, needs));
  }

  /** Finds one thing; its version is empty if nobody wants it or it has none. */
  @FunctionalInterface
  private interface Finder<T> {
    Optional<T> find(String name, boolean versioned);
  }

  private <T> CompletionStage<Map<String, T>> all(
      Collection<Need> asked, String kind, Finder<T> finder) {
    var found = new TreeMap<String, CompletableFuture<Optional<T>>>();
    for (String name : names(asked, kind)) {
      boolean versioned =
          asked.stream()
              .anyMatch(need ->
                  need.kind().equals(kind)
                      && need.name().equals(name)
                      && (need.least().isPresent() || need.within().isPresent()));
      found.put(name, CompletableFuture.supplyAsync(() -> finder.find(name, versioned), blocking));
    }
    return CompletableFuture.allOf(found.values().toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          var there = new TreeMap<String, T>();
          found.forEach((name, version) -> version.join().ifPresent(it -> there.put(name, it)));
          return there;
        });
  }

  private Optional<String> program(ProgramPath path, String name, boolean versioned) {
    Optional<Path> program = path.find(name);
    return versioned ? program.map(versions::of) : program.map(_ -> "");
  }

  /**
   * Java is this one; interpreters that skills name are all that there are, others the one on the
   * path.
   */
  private Optional<List<String>> runtime(ProgramPath path, String name, boolean versioned) {
    if (name.equals(JAVA)) {
      return Optional.of(List.of(Runtime.version().toString()));
    }
    var language =
        Stream.of(Language.values()).filter(each -> each.runtime().equals(name)).findFirst();
    if (language.isPresent()) {
      return Optional.of(
              interpreters.all(language.get()).stream()
                  .map(each -> each.version().toString())
                  .distinct()
                  .toList())
          .filter(found -> !found.isEmpty());
    }
    return program(path, name, versioned)
        .map(version -> version.isEmpty() ? List.of() : List.of(version));
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
