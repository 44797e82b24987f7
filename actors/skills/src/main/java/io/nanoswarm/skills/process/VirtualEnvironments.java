package io.nanoswarm.skills.process;

import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skills.exec.ShortRun;
import io.nanoswarm.skills.interpreter.Interpreter;
import io.nanoswarm.skills.interpreter.Surroundings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The virtual environments of Python skills on one machine, each named by a hash of what it is made
 * of: the interpreter, {@code requirements.txt}, the wheels, and whether an index was allowed.
 *
 * <p>Guarantees: one appears whole or not at all, by a rename, and is made by one process at a
 * time; what a killed process left half-made is made anew. Skills with the same content share one.
 * None is ever changed or deleted; the folder may be, while nothing uses it.
 */
final class VirtualEnvironments {
  private static final String REQUIREMENTS = "requirements.txt";

  /** Runs the pip that Python carries with it, so that none has to be installed first. */
  private static final String PIP =
      """
      import glob, os, runpy, sys
      places = ["/usr/share/python-wheels"]
      try:
          import ensurepip
          places.insert(0, os.path.join(os.path.dirname(ensurepip.__file__), "_bundled"))
      except ImportError:
          pass
      found = [wheel for place in places for wheel in glob.glob(os.path.join(place, "pip-*.whl"))]
      if not found:
          sys.exit("this Python comes without pip; Debian has it in python3-venv")
      sys.path.insert(0, found[0])
      sys.argv[0] = "pip"
      runpy.run_module("pip", run_name="__main__", alter_sys=True)
      """;

  /** A lock on a file is the JVM's: between its threads these stand. */
  private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  private final Path folder;
  private final Surroundings surroundings;

  VirtualEnvironments(Path cache, Surroundings surroundings) {
    this.folder = cache.resolve("python");
    this.surroundings = surroundings;
  }

  /** What a skill's folder asks to be installed. */
  private record Content(Path skill, boolean requirements, List<Path> wheels) {
    static Content of(Path skill) throws IOException {
      var wheels = new ArrayList<Path>();
      if (Files.isDirectory(skill.resolve("wheels"))) {
        try (var files = Files.newDirectoryStream(skill.resolve("wheels"), "*.whl")) {
          files.forEach(wheels::add);
        }
      }
      wheels.sort(Comparator.naturalOrder());
      return new Content(skill, Files.isRegularFile(skill.resolve(REQUIREMENTS)), wheels);
    }

    boolean isEmpty() {
      return !requirements && wheels.isEmpty();
    }
  }

  /**
   * The Python to run a skill with: of its environment, which is made if need be, or the bare
   * interpreter if the folder asks for nothing. Blocks.
   *
   * @param index whether packages may come from an index, and not from the folder's wheels alone
   */
  Path python(Path skill, Interpreter base, boolean index, Duration within)
      throws Unready, IOException, InterruptedException {
    var content = Content.of(skill);
    if (content.isEmpty()) {
      return base.path();
    }
    Path place = folder.resolve(name(content, base, index));
    Path python = place.resolve("bin").resolve("python");
    if (Files.exists(python)) {
      return python;
    }
    Files.createDirectories(folder);
    var lock = LOCKS.computeIfAbsent(place, _ -> new ReentrantLock());
    lock.lockInterruptibly();
    try (var file =
            FileChannel.open(
                folder.resolve(place.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = file.lock()) {
      if (!Files.exists(python)) {
        make(place, content, base, index, within);
      }
    } finally {
      lock.unlock();
    }
    return python;
  }

  private void make(Path place, Content content, Interpreter base, boolean index, Duration within)
      throws Unready, IOException, InterruptedException {
    Path making = folder.resolve("making-" + place.getFileName());
    delete(making);
    try {
      run(
          "python -m venv",
          List.of(base.path().toString(), "-m", "venv", "--without-pip", making.toString()),
          content.skill(),
          within);
      run("pip", install(making, content, index), content.skill(), within);
      readdress(making, place);
      Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(making);
    }
  }

  private static List<String> install(Path environment, Content content, boolean index) {
    var line = new ArrayList<String>();
    line.add(environment.resolve("bin").resolve("python").toString());
    line.addAll(List.of("-c", PIP, "install", "--no-input", "--disable-pip-version-check"));
    line.addAll(List.of("--no-compile", "--no-warn-script-location", "--quiet"));
    if (!index) {
      line.add("--no-index");
    }
    if (!content.wheels().isEmpty()) {
      line.addAll(List.of("--find-links", content.skill().resolve("wheels").toString()));
    }
    if (content.requirements()) {
      line.addAll(List.of("--requirement", content.skill().resolve(REQUIREMENTS).toString()));
    } else {
      content.wheels().forEach(wheel -> line.add(wheel.toString()));
    }
    return line;
  }

  private void run(String what, List<String> line, Path skill, Duration within)
      throws Unready, IOException, InterruptedException {
    var finished = ShortRun.of(line, skill, surroundings.passedOn(List.of()), within);
    if (!finished.well()) {
      throw new Unready(
          SkillResult.Cause.UNMET_NEEDS,
          "its Python environment cannot be made: %s ended with exit code %d:\n%s"
              .formatted(what, finished.exitCode(), finished.output()));
    }
  }

  /** Scripts that pip has written begin with the path of their interpreter. */
  private static void readdress(Path from, Path to) throws IOException {
    try (var scripts = Files.newDirectoryStream(from.resolve("bin"))) {
      for (Path each : scripts) {
        if (Files.isSymbolicLink(each) || !Files.isRegularFile(each)) {
          continue;
        }
        var text = Files.readString(each, StandardCharsets.ISO_8859_1);
        if (text.contains(from.toString())) {
          Files.writeString(
              each, text.replace(from.toString(), to.toString()), StandardCharsets.ISO_8859_1);
        }
      }
    }
  }

  private static String name(Content content, Interpreter base, boolean index) throws IOException {
    var digest = sha256();
    digest.update(
        "%s %s %s\n"
            .formatted(base.path(), base.version(), index)
            .getBytes(StandardCharsets.UTF_8));
    if (content.requirements()) {
      digest.update(Files.readAllBytes(content.skill().resolve(REQUIREMENTS)));
    }
    for (Path wheel : content.wheels()) {
      digest.update(("\n" + wheel.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(wheel));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (var inside = Files.walk(path)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
