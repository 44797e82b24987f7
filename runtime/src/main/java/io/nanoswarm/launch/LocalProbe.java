package io.nanoswarm.launch;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.Config;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.placement.PlacementSettings;
import io.nanoswarm.placement.Probe;
import io.nanoswarm.session.Need;
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

/**
 * Probes the machine that this JVM runs on. Programs are looked up on the path, and run to learn
 * their versions, all of them at the same time.
 */
public final class LocalProbe implements Probe {
  private static final String JAVA = "java";

  /** The programs that are a language's runtime; others are called as the language is. */
  private static final Map<String, List<String>> RUNTIMES =
      Map.of("python", List.of("python3", "python"));

  private final PlacementSettings settings;
  private final Map<String, String> environment;
  private final ProgramVersions versions;
  private final Executor blocking;

  /**
   * @param environment of this process; of what it holds the path is read, and of the others the
   *     names, and whether they are empty
   * @param blocking for looking at files and waiting for programs
   */
  public LocalProbe(
      PlacementSettings settings, Map<String, String> environment, Executor blocking) {
    this.settings = settings;
    this.environment = environment;
    this.versions = new ProgramVersions(settings.versionWithin());
    this.blocking = blocking;
  }

  /**
   * With the environment of this JVM, on threads of its own.
   *
   * @param whole of the node
   */
  public static LocalProbe ofThisJvm(Config whole) {
    return new LocalProbe(
        PlacementSettings.of(whole),
        System.getenv(),
        task -> Thread.ofVirtual().name("probe").start(task));
  }

  @Override
  public CompletionStage<Offers> probe(Collection<Need> asked) {
    var path = new ProgramPath(environment.getOrDefault("PATH", ""));
    CompletionStage<Map<String, String>> programs =
        all(asked, "bin", (name, versioned) -> program(path, List.of(name), versioned));
    CompletionStage<Map<String, String>> runtimes =
        all(
            asked,
            "runtime",
            (name, versioned) ->
                name.equals(JAVA)
                    ? Optional.of(Runtime.version().toString())
                    : program(path, RUNTIMES.getOrDefault(name, List.of(name)), versioned));
    return programs.thenCombine(runtimes, (bins, langs) -> offers(bins, langs, asked));
  }

  /** Finds one thing; its version is empty if nobody wants it or it has none. */
  @FunctionalInterface
  private interface Finder {
    Optional<String> find(String name, boolean versioned);
  }

  private CompletionStage<Map<String, String>> all(
      Collection<Need> asked, String kind, Finder finder) {
    var found = new TreeMap<String, CompletableFuture<Optional<String>>>();
    for (String name : names(asked, kind)) {
      boolean versioned =
          asked.stream()
              .anyMatch(need ->
                  need.kind().equals(kind) && need.name().equals(name) && need.least().isPresent());
      found.put(name, CompletableFuture.supplyAsync(() -> finder.find(name, versioned), blocking));
    }
    return CompletableFuture.allOf(found.values().toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          var there = new TreeMap<String, String>();
          found.forEach((name, version) -> version.join().ifPresent(text -> there.put(name, text)));
          return there;
        });
  }

  private Optional<String> program(ProgramPath path, List<String> names, boolean versioned) {
    Optional<Path> program = names.stream().map(path::find).flatMap(Optional::stream).findFirst();
    return versioned ? program.map(versions::of) : program.map(_ -> "");
  }

  private Offers offers(
      Map<String, String> programs, Map<String, String> runtimes, Collection<Need> asked) {
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
