package io.nanoswarm.exercise;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What agents were told is stored, kept where the death of every process leaves it: a file for each
 * agent, a line for each fact, handed to the system with one write.
 */
public final class Acknowledgements {
  private static final String SUFFIX = ".told";

  private final Path file;

  /**
   * One fact.
   *
   * @param at when it was stored, or the last entry before it was
   * @param path of an entry that was posted; empty if the task was settled
   * @param revision of that entry, else 0
   */
  public record Told(Instant at, TaskId task, Fence fence, String path, long revision) {
    private static Told parse(String line) {
      String[] part = line.split("\t", -1);
      String[] fence = part[2].split("\\.", -1);
      return new Told(
          Instant.parse(part[0]),
          new TaskId(part[1]),
          new Fence(Long.parseLong(fence[0]), Long.parseLong(fence[1])),
          part[3],
          Long.parseLong(part[4]));
    }
  }

  /**
   * @param folder exists
   */
  Acknowledgements(Path folder, AgentName agent) {
    file = folder.resolve(agent.value() + SUFFIX);
  }

  void posted(TaskId task, Entry entry) throws IOException {
    var fence = ((Author.Agent) entry.author()).fence();
    write(entry.at(), task, fence, entry.path().value(), entry.revision());
  }

  void settled(TaskId task, Instant at, Fence fence) throws IOException {
    write(at, task, fence, "", 0);
  }

  private void write(Instant at, TaskId task, Fence fence, String path, long revision)
      throws IOException {
    var line = "%s\t%s\t%s\t%s\t%d\n".formatted(at, task, fence, path, revision);
    Files.write(
        file,
        line.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** All that the agents of a run were told. */
  public static List<Told> in(Path folder) throws IOException {
    var told = new ArrayList<Told>();
    try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        Files.readAllLines(file).forEach(line -> told.add(Told.parse(line)));
      }
    }
    return List.copyOf(told);
  }
}
