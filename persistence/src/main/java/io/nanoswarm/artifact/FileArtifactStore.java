package io.nanoswarm.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Keeps content in a folder, as {@code ab/cdef…} after its hash.
 *
 * <p>A file is written beside its place, forced to disk and renamed, so that under its name it is
 * always whole, and as young as the latest who put it: artifacts to which nothing refers are
 * deleted by their age. Where the file system allows it, the folder is forced to disk as well. What
 * a killed process leaves beside, as {@code *.part}, is never read.
 */
public final class FileArtifactStore implements ArtifactStore {
  private static final String PART = ".part";

  private final Path folder;

  public FileArtifactStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public ArtifactRef put(byte[] content) throws IOException {
    var ref = ArtifactRef.of(content);
    write(place(ref), content);
    return ref;
  }

  @Override
  public byte[] get(ArtifactRef ref) throws IOException {
    var content = read(ref);
    if (!ArtifactRef.of(content).equals(ref)) {
      throw new IOException(
          "artifact %s: the file's %d bytes do not match (expected: %d bytes of that hash); put it again"
              .formatted(ref.sha256(), content.length, ref.size()));
    }
    return content;
  }

  private byte[] read(ArtifactRef ref) throws IOException {
    try {
      return Files.readAllBytes(place(ref));
    } catch (NoSuchFileException e) {
      throw new IOException("artifact %s is not kept here".formatted(ref.sha256()), e);
    }
  }

  /** Whether there is a file for it; {@link #get} says whether it is right. */
  public boolean has(ArtifactRef ref) {
    return Files.isRegularFile(place(ref));
  }

  /** Where it is, if it is kept. */
  Path place(ArtifactRef ref) {
    return folder.resolve(ref.sha256().substring(0, 2)).resolve(ref.sha256().substring(2));
  }

  /** Whether a file is, or was when its process was killed, about to be written. */
  static boolean isPart(Path file) {
    return file.getFileName().toString().endsWith(PART);
  }

  private static void write(Path place, byte[] content) throws IOException {
    var parent = Files.createDirectories(place.getParent());
    var part = Files.createTempFile(parent, "", PART);
    try {
      try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(parent);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A rename survives a power cut once its folder is on disk; not every system can do that. */
  private static void force(Path parent) {
    try (var channel = FileChannel.open(parent, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      // Folders cannot be opened here; the rename itself is as durable as the system makes it.
    }
  }
}
