package io.nanoswarm.skills.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where folders of skills are looked for: {@code skills} in the workspace, then the configured
 * places, in their order, then those that come with the program. The first of a name is taken.
 */
public final class SkillFolders {
  private final List<Path> configured;
  private final List<Path> builtIn;

  public SkillFolders(List<Path> configured) {
    this(configured, List.of());
  }

  private SkillFolders(List<Path> configured, List<Path> builtIn) {
    this.configured = List.copyOf(configured);
    this.builtIn = List.copyOf(builtIn);
  }

  /**
   * The same, and after them those that come with the program.
   *
   * @param place as {@link BuiltInFolders#unpacked} tells it
   */
  public SkillFolders withBuiltIn(Path place) {
    return new SkillFolders(configured, List.of(place));
  }

  /** Whose folder a skill is. */
  public enum Source {
    WORKSPACE,
    CONFIGURED,
    BUILT_IN
  }

  /** One place of a skill. */
  public record Found(String name, Path folder, Source source) {}

  /**
   * All with a {@code SKILL.md}, by place and name; what lies hidden behind another of its name is
   * not told.
   */
  public List<Found> in(Path workspace) {
    return in(workspace, SkillFolders::hasText);
  }

  /**
   * All of some kinds.
   *
   * @param kinds whether a folder is a skill of one of them
   */
  public List<Found> in(Path workspace, Predicate<Path> kinds) {
    var found = new LinkedHashMap<String, Found>();
    collect(workspace.resolve("skills"), Source.WORKSPACE, kinds, found);
    configured.forEach(place -> collect(place, Source.CONFIGURED, kinds, found));
    builtIn.forEach(place -> collect(place, Source.BUILT_IN, kinds, found));
    return List.copyOf(found.values());
  }

  public Optional<Found> find(String name, Path workspace) {
    return in(workspace).stream().filter(found -> found.name().equals(name)).findFirst();
  }

  /** Whether it is a folder with a {@code SKILL.md}. */
  public static boolean hasText(Path folder) {
    return Files.isRegularFile(folder.resolve(SkillFolder.FILE));
  }

  /** A place that is not there, or may not be read, holds none. */
  private static void collect(
      Path place, Source source, Predicate<Path> kinds, Map<String, Found> found) {
    if (!Files.isDirectory(place)) {
      return;
    }
    var folders = new ArrayList<Path>();
    try (Stream<Path> entries = Files.list(place)) {
      entries.filter(kinds).sorted().forEach(folders::add);
    } catch (IOException _) {
      return;
    }
    for (Path folder : folders) {
      String name = folder.getFileName().toString();
      found.putIfAbsent(name, new Found(name, folder, source));
    }
  }
}
