package io.nanoswarm.skills.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All processes of this machine at one moment, as far as the system tells. */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final long PAGE_BYTES = 4096;

  private ProcessTable() {}

  /**
   * One process.
   *
   * @param group 0 where the system does not tell, as {@code session}
   * @param start when it began, in units of the system's
   */
  record Row(long pid, long parent, long group, long session, long start, long residentBytes) {}

  /** Those that have not ended: one that just waits to be collected has. */
  static List<Row> read() {
    return Files.isReadable(PROC.resolve("self/stat")) ? ofProc() : ofHandles();
  }

  private static List<Row> ofProc() {
    var rows = new ArrayList<Row>();
    try (var folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        Row row = row(folder);
        if (row != null) {
          rows.add(row);
        }
      }
    } catch (IOException e) {
      return ofHandles();
    }
    return rows;
  }

  /** The name of a program may hold anything: fields are counted from behind it. */
  private static @Nullable Row row(Path folder) {
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
      if ("ZX".contains(fields[0])) {
        return null;
      }
      return new Row(
          Long.parseLong(folder.getFileName().toString()),
          Long.parseLong(fields[1]),
          Long.parseLong(fields[2]),
          Long.parseLong(fields[3]),
          Long.parseLong(fields[19]),
          Long.parseLong(fields[21]) * PAGE_BYTES);
    } catch (IOException _) {
      // It ended while it was looked at.
      return null;
    }
  }

  private static List<Row> ofHandles() {
    return ProcessHandle.allProcesses()
        .map(process ->
            new Row(
                process.pid(),
                process.parent().map(ProcessHandle::pid).orElse(0L),
                0,
                0,
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L),
                0))
        .toList();
  }

  /** What a process shows of the environment that it was started with. */
  enum Shows {
    THE_VARIABLE,
    OTHERS,
    /** For a moment while it becomes another program, or since it has none. */
    NOTHING
  }

  /** Whether the process was started with a variable whose value begins so. */
  static boolean hasVariable(long pid, String beginning) {
    return shows(pid, beginning) == Shows.THE_VARIABLE;
  }

  /** One look at whether a process was started with a variable whose value begins so. */
  static Shows shows(long pid, String beginning) {
    String all = environment(pid);
    if (all.contains("\0" + beginning)) {
      return Shows.THE_VARIABLE;
    }
    return all.equals("\0") ? Shows.NOTHING : Shows.OTHERS;
  }

  /** Each variable after a zero; empty if it is somebody else's, or ended. */
  private static String environment(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(PROC.resolve(pid + "/environ"));
      return "\0" + new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
