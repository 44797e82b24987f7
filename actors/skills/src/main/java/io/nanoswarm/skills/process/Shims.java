package io.nanoswarm.skills.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * The scripts of ours that run tools of other languages, as files for their interpreters to read.
 */
final class Shims {
  private static final String PYTHON = "tool_shim.py";
  private static final String STAND_IN = "nanobot_stand_in.py";
  private static final String NODE = "node_shim.mjs";

  private final Path folder;

  Shims(Path cache) {
    this.folder = cache.resolve("shims");
  }

  Path python() throws IOException {
    var _ = file(STAND_IN);
    return file(PYTHON);
  }

  Path node() throws IOException {
    return file(NODE);
  }

  /** As it is in this program: an older one may have left another there. */
  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] content = resource(name);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return file;
    }
    Files.createDirectories(folder);
    Path making = Files.createTempFile(folder, name, ".making");
    Files.write(making, content);
    Files.move(making, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Shims.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is not in the program");
      }
      return in.readAllBytes();
    }
  }
}
