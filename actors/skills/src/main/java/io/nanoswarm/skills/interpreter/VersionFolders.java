package io.nanoswarm.skills.interpreter;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where managers of versions keep what they have installed: in the folder that a variable of theirs
 * names, or else below the home folder where they do it by themselves.
 */
public final class VersionFolders {
  /** Variables that move these folders. They hold paths, and nothing that is secret. */
  public static final Set<String> VARIABLES =
      Set.of(
          "ASDF_DATA_DIR",
          "CONDA_EXE",
          "FNM_DIR",
          "MAMBA_ROOT_PREFIX",
          "MISE_DATA_DIR",
          "NODENV_ROOT",
          "NVM_DIR",
          "N_PREFIX",
          "PYENV_ROOT",
          "UV_PYTHON_INSTALL_DIR",
          "VOLTA_HOME",
          "XDG_DATA_HOME");

  private static final Pattern NUMBERS = Pattern.compile("\\d{1,6}(\\.\\d{1,6}){0,5}");

  private final Surroundings around;

  VersionFolders(Surroundings around) {
    this.around = around;
  }

  /** Folders of executables, the newest first for each manager; they need not be there. */
  Stream<Path> of(Language language) {
    return switch (language) {
      case PYTHON -> python();
      case NODE -> node();
    };
  }

  private Stream<Path> python() {
    return Stream.of(
            installed(root("PYENV_ROOT", ".pyenv"), "versions", "bin"),
            installed(
                around.folder("UV_PYTHON_INSTALL_DIR").or(() -> data("uv/python")), "", "bin"),
            installed(root("ASDF_DATA_DIR", ".asdf"), "installs/python", "bin"),
            installed(
                around.folder("MISE_DATA_DIR").or(() -> data("mise")), "installs/python", "bin"),
            condas().flatMap(VersionFolders::conda),
            installed(
                Optional.of(Path.of("/Library/Frameworks/Python.framework")), "Versions", "bin"))
        .flatMap(folders -> folders);
  }

  private Stream<Path> node() {
    return Stream.of(
            installed(root("NVM_DIR", ".nvm"), "versions/node", "bin"),
            installed(
                around.folder("FNM_DIR").or(() -> data("fnm")),
                "node-versions",
                "installation/bin"),
            installed(around.inHome(".fnm"), "node-versions", "installation/bin"),
            installed(root("VOLTA_HOME", ".volta"), "tools/image/node", "bin"),
            installed(root("ASDF_DATA_DIR", ".asdf"), "installs/nodejs", "bin"),
            installed(
                around.folder("MISE_DATA_DIR").or(() -> data("mise")), "installs/node", "bin"),
            installed(root("NODENV_ROOT", ".nodenv"), "versions", "bin"),
            installed(
                around.folder("N_PREFIX").or(() -> Optional.of(Path.of("/usr/local"))),
                "n/versions/node",
                "bin"))
        .flatMap(folders -> folders);
  }

  private Optional<Path> root(String variable, String inHome) {
    return around.folder(variable).or(() -> around.inHome(inHome));
  }

  /** Of the user's, as the desktop's convention has it. */
  private Optional<Path> data(String path) {
    return around
        .folder("XDG_DATA_HOME")
        .or(() -> around.inHome(".local/share"))
        .map(data -> data.resolve(path));
  }

  /** Its program lies in the {@code bin} or {@code condabin} of its installation. */
  private Stream<Path> condas() {
    return Stream.concat(
        Stream.of(
                around.folder("CONDA_EXE").map(program -> program.resolve("../..").normalize()),
                around.folder("MAMBA_ROOT_PREFIX"))
            .flatMap(Optional::stream),
        Stream.of("miniconda3", "anaconda3", "miniforge3", "mambaforge", "micromamba")
            .flatMap(name -> around.inHome(name).stream()));
  }

  private static Stream<Path> conda(Path root) {
    return Stream.concat(
        Stream.of(root.resolve("bin")), installed(Optional.of(root), "envs", "bin"));
  }

  private static Stream<Path> installed(Optional<Path> root, String inside, String executables) {
    return root.map(folder -> folder.resolve(inside)).stream()
        .flatMap(folder -> entries(folder, "*").stream())
        .sorted(Comparator.comparing(VersionFolders::version).reversed())
        .map(installation -> installation.resolve(executables));
  }

  private static Version version(Path installation) {
    return versionInName(installation).orElseGet(() -> new Version(List.of()));
  }

  /** As the name of a file or folder has it, like {@code cpython-3.12.1-linux-x86_64-gnu}. */
  static Optional<Version> versionInName(Path place) {
    return Optional.ofNullable(place.getFileName())
        .map(name -> NUMBERS.matcher(name.toString()))
        .filter(Matcher::find)
        .map(found -> Version.of(found.group()));
  }

  /** What is in a folder, by name; nothing if it is not for us to read, or not there. */
  static List<Path> entries(Path folder, String names) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.newDirectoryStream(folder, names)) {
      var listed = new ArrayList<Path>();
      entries.forEach(listed::add);
      listed.sort(Comparator.reverseOrder());
      return listed;
    } catch (IOException | DirectoryIteratorException _) {
      return List.of();
    }
  }
}
