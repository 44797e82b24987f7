package io.nanoswarm.offline.workspace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells folders that a build writes from those that people write. */
final class BuildOutput {
  private static final Set<String> ALWAYS =
      Set.of("node_modules", "__pycache__", "bower_components", "site-packages");

  /** Names that are output just beside one of these files; elsewhere they may be sources. */
  private static final Map<String, List<String>> BESIDE =
      Map.of(
          "target", List.of("pom.xml", "Cargo.toml", "build.sbt"),
          "build", List.of("build.gradle", "build.gradle.kts", "CMakeLists.txt", "setup.py"),
          "out", List.of("build.gradle", "build.gradle.kts", "package.json"),
          "dist", List.of("package.json", "setup.py", "pyproject.toml"),
          "vendor", List.of("go.mod", "composer.json"),
          "obj", List.of("packages.config"));

  private BuildOutput() {}

  static boolean is(Path folder) {
    String name = folder.getFileName().toString();
    return ALWAYS.contains(name)
        || Files.exists(folder.resolve("pyvenv.cfg"))
        || BESIDE.getOrDefault(name, List.of()).stream()
            .anyMatch(file -> Files.exists(folder.resolveSibling(file)));
  }
}
