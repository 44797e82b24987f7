package io.nanoswarm.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Everything that a data folder keeps, in one zip file.
 *
 * <p>Guarantee: the copy is of one moment, also while the folder's node works: what was confirmed
 * before it began is in it. It appears under its name when it is whole.
 */
public final class Backup {
  /** The journal comes first: whatever it refers to was stored before. */
  private static final String JOURNAL = "journal.mv.db";

  private static final String FORMAT = "version";
  private static final List<String> FOLDERS = List.of("artifacts", "blackboard");

  private Backup() {}

  /**
   * Writes a data folder's content into a file that does not exist.
   *
   * @param rows of the folder's database
   * @return bytes of the file
   */
  public static long write(Path data, SessionRows rows, Path file)
      throws StoreProblem, SQLException, IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new StoreProblem("%s exists".formatted(file), "name a file that does not exist yet");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new StoreProblem(
          "there is no folder %s".formatted(folder), "make it first, or name another file");
    }
    Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
    Path database = Files.createTempFile(folder, file.getFileName().toString(), ".journal.part");
    try {
      rows.copyTo(database.toString(), data);
      try (var zip = new ZipOutputStream(Files.newOutputStream(part))) {
        add(zip, data.resolve(FORMAT), FORMAT);
        try (var copy = new ZipFile(database.toFile())) {
          zip.putNextEntry(new ZipEntry(JOURNAL));
          try (InputStream content = copy.getInputStream(journalIn(copy))) {
            content.transferTo(zip);
          }
          zip.closeEntry();
        }
        for (String each : FOLDERS) {
          addFolder(zip, data, data.resolve(each));
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return Files.size(file);
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(database);
    }
  }

  private static ZipEntry journalIn(ZipFile copy) throws IOException {
    return copy.stream()
        .filter(entry -> entry.getName().endsWith(JOURNAL))
        .map(ZipEntry.class::cast)
        .findFirst()
        .orElseThrow(() -> new IOException("the database's copy holds no " + JOURNAL));
  }

  private static void addFolder(ZipOutputStream zip, Path data, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.toString().endsWith(".part")) {
          add(zip, file, data.relativize(file).toString().replace('\\', '/'));
        }
      }
    }
  }

  /** What is replaced or deleted at this moment is not of the backup's moment: it is left out. */
  private static void add(ZipOutputStream zip, Path file, String name) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      zip.putNextEntry(new ZipEntry(name));
      content.transferTo(zip);
      zip.closeEntry();
    } catch (NoSuchFileException _) {
      // gone meanwhile
    }
  }

  /**
   * Puts a backup into a data folder that does not exist or is empty. The folder appears when it is
   * whole.
   */
  public static void restore(Path file, Path folder) throws StoreProblem, IOException {
    if (!Files.isRegularFile(file)) {
      throw new StoreProblem(
          "there is no file %s".formatted(file), "name a file that `swarm backup` wrote");
    }
    if (Files.exists(folder) && !isEmptyFolder(folder)) {
      throw new StoreProblem(
          "%s exists and is not empty; nothing was changed".formatted(folder),
          "move it away, or name another folder with --data DIR");
    }
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null) {
      throw new StoreProblem("%s cannot be replaced".formatted(folder), "name another folder");
    }
    Files.createDirectories(parent);
    Path part = ownFolder(parent, target.getFileName() + ".restoring");
    try {
      extract(file, part);
      Files.deleteIfExists(target);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(part);
    }
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }

  private static Path ownFolder(Path parent, String prefix) throws IOException {
    return parent.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.createTempDirectory(
            parent,
            prefix,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
        : Files.createTempDirectory(parent, prefix);
  }

  private static void extract(Path file, Path into) throws StoreProblem, IOException {
    try (var zip = new ZipFile(file.toFile())) {
      if (zip.getEntry(FORMAT) == null || zip.getEntry(JOURNAL) == null) {
        throw noBackup(file);
      }
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        Path place = into.resolve(entry.getName()).normalize();
        if (!place.startsWith(into) || !isKnown(entry.getName())) {
          throw noBackup(file);
        }
        Files.createDirectories(place.getParent());
        try (InputStream content = zip.getInputStream(entry);
            OutputStream out = Files.newOutputStream(place)) {
          content.transferTo(out);
        }
      }
    } catch (ZipException _) {
      throw noBackup(file);
    }
  }

  private static boolean isKnown(String name) {
    return name.equals(FORMAT)
        || name.equals(JOURNAL)
        || FOLDERS.stream().anyMatch(folder -> name.startsWith(folder + "/"));
  }

  private static StoreProblem noBackup(Path file) {
    return new StoreProblem(
        "%s is no backup of a data folder, or a damaged one".formatted(file),
        "name a file that `swarm backup` wrote");
  }
}
