package io.nanoswarm.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies, in a folder of this machine, of artifacts that are kept elsewhere.
 *
 * <p>Guarantees: of a copy that is found, the content is that of its hash. Those that were used
 * longest ago are removed once all together take more than they may: when the first one is put, and
 * then whenever an eighth of that was put by this object, so that processes which share the folder
 * exceed it by no more than an eighth each. What was put just now stays, however large it is.
 *
 * <p>Not promised: that a copy is there because it was put. Safe for many threads and processes.
 */
public final class ArtifactCopies {
  private static final int SHARE = 8;

  private final Path folder;
  private final FileArtifactStore files;
  private final long maxBytes;
  private final InstantSource clock;

  /** Bytes that may be put until the folder is looked at. */
  private final AtomicLong left = new AtomicLong();

  /**
   * @param folder of copies and nothing else
   * @param maxBytes of all of them
   */
  public ArtifactCopies(Path folder, long maxBytes, InstantSource clock) {
    this.folder = folder;
    this.files = new FileArtifactStore(folder);
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /**
   * The content, if there is a copy. Blocks.
   *
   * @throws IOException if there is one, and it cannot be read or is damaged
   */
  public Optional<byte[]> find(ArtifactRef ref) throws IOException {
    if (!files.has(ref)) {
      return Optional.empty();
    }
    try {
      byte[] content = files.get(ref);
      Files.setLastModifiedTime(files.place(ref), FileTime.from(clock.instant()));
      return Optional.of(content);
    } catch (IOException e) {
      if (!files.has(ref)) {
        return Optional.empty(); // somebody has made room meanwhile
      }
      throw e;
    }
  }

  /** Keeps a copy, and makes room for it. Blocks. */
  public ArtifactRef put(byte[] content) throws IOException {
    ArtifactRef ref = files.put(content);
    if (left.addAndGet(-content.length) < 0) {
      left.set(maxBytes / SHARE);
      makeRoom(files.place(ref));
    }
    return ref;
  }

  private record Copy(Path file, long bytes, FileTime used) {}

  private void makeRoom(Path latest) throws IOException {
    var copies = new ArrayList<>(copies());
    long bytes = copies.stream().mapToLong(Copy::bytes).sum();
    copies.removeIf(copy -> copy.file().equals(latest));
    copies.sort(Comparator.comparing(Copy::used));
    for (Copy oldest : copies) {
      if (bytes <= maxBytes) {
        return;
      }
      Files.deleteIfExists(oldest.file());
      bytes -= oldest.bytes();
    }
  }

  private List<Copy> copies() throws IOException {
    var copies = new ArrayList<Copy>();
    for (StoredFiles.StoredFile file : StoredFiles.in(folder)) {
      if (!FileArtifactStore.isPart(file.path())) {
        copies.add(new Copy(file.path(), file.about().size(), file.about().lastModifiedTime()));
      }
    }
    return copies;
  }
}
