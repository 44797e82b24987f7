package io.nanoswarm.launch;

import io.nanoswarm.launch.DataFolderProblem.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all a node keeps: journal, artifacts, logs, and where to reach it.
 *
 * <p>Guarantees: one node at a time has it open, by a lock that ends with its process however that
 * ends. A folder in another format than this version's is left as it is. Opening creates what is
 * missing.
 *
 * <p>Lifecycle: opened by a node before anything else, closed as the last of its shutdown.
 */
public final class DataFolder implements AutoCloseable {
  /**
   * Grows when an older version could not read what a newer one writes. Format 1 named classes in
   * its snapshots; no release wrote it.
   */
  static final int FORMAT = 2;

  /** Logs of workers that had something to say. */
  private static final int LOGS_KEPT = 200;

  private static final String LOCK = "node.lock";

  private final Path root;
  private final FileChannel lock;

  private DataFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Opens the folder for a node, until it is closed. */
  public static DataFolder open(Path folder) throws DataFolderProblem {
    var root = folder.toAbsolutePath().normalize();
    try {
      create(root);
      var lock = lock(root);
      try {
        checkFormat(root.resolve("version"));
        var data = new DataFolder(root, lock);
        for (var part : new Path[] {data.logs(), data.workers(), data.artifacts(), data.cache()}) {
          Files.createDirectories(part);
        }
        Files.createDirectories(data.blackboard());
        NewestFiles.keep(LOGS_KEPT, data.logs(), "*.log");
        return data;
      } catch (IOException | DataFolderProblem e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw problem(root, e);
    }
  }

  private static void create(Path root) throws IOException, DataFolderProblem {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new DataFolderProblem(
          Kind.NOT_A_FOLDER,
          "%s is a file".formatted(root),
          "Name another data folder, or move the file away.",
          null);
    }
    if (Files.exists(root)) {
      return;
    }
    if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(root, mine);
    } else {
      Files.createDirectories(root);
    }
  }

  private static FileChannel lock(Path root) throws IOException, DataFolderProblem {
    var file = root.resolve(LOCK);
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() == null) {
        throw inUse(root, file);
      }
      var pid = Long.toString(ProcessHandle.current().pid());
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
      return channel;
    } catch (OverlappingFileLockException _) {
      channel.close();
      throw inUse(root, file);
    } catch (IOException | DataFolderProblem e) {
      channel.close();
      throw e;
    }
  }

  private static DataFolderProblem inUse(Path root, Path file) throws IOException {
    var pid = Files.readString(file);
    return new DataFolderProblem(
        Kind.IN_USE,
        "%s is in use by a running node, pid %s".formatted(root, pid),
        "Stop that node, or name another data folder.",
        null);
  }

  private static void checkFormat(Path version) throws IOException, DataFolderProblem {
    // An empty one was cut off while it was written, by a kill or a full disk: nothing can have
    // been stored yet.
    var text = Files.exists(version) ? Files.readString(version).strip() : "";
    if (text.isEmpty()) {
      var temporary = version.resolveSibling("version.tmp");
      Files.writeString(temporary, FORMAT + "\n");
      Files.move(temporary, version, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw new DataFolderProblem(
          Kind.UNREADABLE_VERSION,
          "%s holds '%s' (expected: a number)".formatted(version, text),
          "This may be no data folder of Nanoswarm: name another one.",
          null);
    }
    int format = Integer.parseInt(text);
    if (format != FORMAT) {
      throw new DataFolderProblem(
          format > FORMAT ? Kind.NEWER_VERSION : Kind.OLDER_VERSION,
          "%s has format %d (expected: %d)".formatted(version.getParent(), format, FORMAT),
          "Use the version of Nanoswarm that wrote it, or name another data folder.",
          null);
    }
  }

  static DataFolderProblem problem(Path root, IOException e) {
    var reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    var said = reason == null ? e.getClass().getSimpleName() : reason;
    if (said.contains("No space left") || said.contains("quota exceeded")) {
      return new DataFolderProblem(
          Kind.DISK_FULL,
          "no space is left for %s".formatted(root),
          "Free some space, or name another data folder.",
          e);
    }
    if (e instanceof FileAlreadyExistsException) {
      return new DataFolderProblem(
          Kind.NOT_A_FOLDER,
          "%s: a file is where a folder should be: %s".formatted(root, e.getMessage()),
          "Move the file away, or name another data folder.",
          e);
    }
    return new DataFolderProblem(
        Kind.NOT_WRITABLE,
        "%s cannot be written: %s".formatted(root, said),
        "Grant yourself write access, or name another data folder.",
        e);
  }

  /**
   * What a folder tells without being opened.
   *
   * @param format that it was written in, null if there is nothing yet or it cannot be read
   * @param understood whether this version can open it
   * @param holder pid of the node that has it open, null if none has
   */
  public record Standing(@Nullable String format, boolean understood, @Nullable Long holder) {}

  /** What a folder tells without being opened; creates nothing. */
  public static Standing inspect(Path folder) {
    var version = folder.resolve("version");
    String text = null;
    try {
      text = Files.exists(version) ? Files.readString(version).strip() : null;
    } catch (IOException _) {
      return new Standing(null, false, holder(folder));
    }
    boolean understood =
        text == null
            || text.isEmpty()
            || (text.matches("[0-9]{1,9}") && Integer.parseInt(text) == FORMAT);
    return new Standing(text, understood, holder(folder));
  }

  /** The process that holds the folder, if one does: a machine's node publishes no endpoint. */
  private static @Nullable Long holder(Path folder) {
    return PublishedEndpoint.find(folder)
        .map(PublishedEndpoint::pid)
        .orElseGet(() -> locker(folder.resolve(LOCK)));
  }

  private static @Nullable Long locker(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      if (lock != null) {
        return null;
      }
      var pid = Files.readString(file).strip();
      return pid.matches("[0-9]{1,18}") ? Long.valueOf(pid) : null;
    } catch (IOException | OverlappingFileLockException _) {
      return null;
    }
  }

  /** Says where the node is reached; readable by its user alone. */
  public void publish(PublishedEndpoint endpoint) throws DataFolderProblem {
    try {
      endpoint.write(root);
    } catch (IOException e) {
      throw problem(root, e);
    }
  }

  /** Takes the endpoint back, so that nobody comes to a node that is about to close. */
  public void unpublish() {
    try {
      PublishedEndpoint.remove(root);
    } catch (IOException _) {
      // Who finds it still asks whether its node answers.
    }
  }

  public Path root() {
    return root;
  }

  /** What workers print, a file each, and an older one if it was much. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** See {@link WorkerRecords}. */
  public Path workers() {
    return root.resolve("workers");
  }

  public Path blackboard() {
    return root.resolve("blackboard");
  }

  public Path artifacts() {
    return root.resolve("artifacts");
  }

  public Path cache() {
    return root.resolve("cache");
  }

  /** The database adds its own endings to this name. */
  public Path journal() {
    return root.resolve("journal");
  }

  /** Takes the endpoint back and lets the next node in. Closing twice is closing once. */
  @Override
  public void close() throws IOException {
    if (lock.isOpen()) {
      PublishedEndpoint.remove(root);
      lock.close();
    }
  }
}
