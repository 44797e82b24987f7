package io.nanoswarm.skills.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where folders of skills are looked for: {@code skills} in the workspace, then the configured
 * places, in their order. The first of a name is taken.
 */
public final class SkillFolders {
  private final List<Path> configured;

  public SkillFolders(List<Path> configured) {
    this.configured = List.copyOf(configured);
  }

  /** Whose folder a skill is. */
  public enum Source {
    WORKSPACE,
    CONFIGURED
  }

  /**
   * One place of a skill.
   *
   * @param folder holds a {@code SKILL.md}
   */
  public record Found(String name, Path folder, Source source) {}

  /** All, by place and name; what lies hidden behind another of its name is not told. */
  public List<Found> in(Path workspace) {
    var found = new LinkedHashMap<String, Found>();
    collect(workspace.resolve("skills"), Source.WORKSPACE, found);
    configured.forEach(place -> collect(place, Source.CONFIGURED, found));
    return List.copyOf(found.values());
  }

  public Optional<Found> find(String name, Path workspace) {
    return in(workspace).stream().filter(found -> found.name().equals(name)).findFirst();
  }

  /** A place that is not there, or may not be read, holds none. */
  private static void collect(Path place, Source source, Map<String, Found> found) {
    if (!Files.isDirectory(place)) {
      return;
    }
    var folders = new ArrayList<Path>();
    try (Stream<Path> entries = Files.list(place)) {
      entries
          .filter(entry -> Files.isRegularFile(entry.resolve(SkillFolder.FILE)))
          .sorted()
          .forEach(folders::add);
    } catch (IOException _) {
      return;
    }
    for (Path folder : folders) {
      String name = folder.getFileName().toString();
      found.putIfAbsent(name, new Found(name, folder, source));
    }
  }
}
