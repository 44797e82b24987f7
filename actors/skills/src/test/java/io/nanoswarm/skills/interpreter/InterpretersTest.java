package io.nanoswarm.skills.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With interpreters that are scripts, of versions that no machine has. */
@Timeout(120)
class InterpretersTest {
  private final Map<String, String> environment = new TreeMap<>();

  @TempDir Path root;

  @BeforeEach
  void nothing_but_a_home() {
    environment.put("HOME", root.resolve("home").toString());
    environment.put("PATH", "");
  }

  @Test
  void one_on_the_path_is_found_by_what_it_says_whatever_it_is_called() throws Exception {
    path("one", "two");
    interpreter("one/python3", "96.1.2");
    interpreter("two/python95.4", "95.4.0");
    interpreter("two/python", "94.0.9");

    assertThat(python("96.1").path()).isEqualTo(root.resolve("one/python3"));
    assertThat(python("95.4").path()).isEqualTo(root.resolve("two/python95.4"));
    assertThat(python("94").path()).isEqualTo(root.resolve("two/python"));
    assertThat(python(">=96").version()).isEqualTo(Version.of("96.1.2"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "PYENV_ROOT, env, env/versions/96.1.2/bin/python",
        "-, -, home/.pyenv/versions/96.1.2/bin/python3.7",
        "UV_PYTHON_INSTALL_DIR, uv, uv/cpython-96.1.2-linux-x86_64-gnu/bin/python3",
        "XDG_DATA_HOME, data, data/uv/python/cpython-96.1.2-linux-x86_64-gnu/bin/python3",
        "-, -, home/.local/share/uv/python/cpython-96.1.2-linux-x86_64-gnu/bin/python3",
        "ASDF_DATA_DIR, asdf, asdf/installs/python/96.1.2/bin/python",
        "-, -, home/.asdf/installs/python/96.1.2/bin/python",
        "MISE_DATA_DIR, mise, mise/installs/python/96.1.2/bin/python",
        "-, -, home/.local/share/mise/installs/python/96.1.2/bin/python",
        "CONDA_EXE, conda/condabin/conda, conda/envs/new/bin/python",
        "MAMBA_ROOT_PREFIX, mamba, mamba/envs/new/bin/python",
        "-, -, home/miniconda3/bin/python",
        "-, -, home/miniforge3/envs/new/bin/python3",
      })
  void a_python_of_a_manager_of_versions_is_found(String variable, String folder, String file)
      throws Exception {
    if (variable != null) {
      environment.put(variable, root.resolve(folder).toString());
    }
    interpreter(file, "96.1.2");

    assertThat(python("96.1").path()).isEqualTo(root.resolve(file));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "NVM_DIR, nvm, nvm/versions/node/v96.1.2/bin/node",
        "-, -, home/.nvm/versions/node/v96.1.2/bin/node",
        "FNM_DIR, fnm, fnm/node-versions/v96.1.2/installation/bin/node",
        "-, -, home/.local/share/fnm/node-versions/v96.1.2/installation/bin/node",
        "VOLTA_HOME, volta, volta/tools/image/node/96.1.2/bin/node",
        "ASDF_DATA_DIR, asdf, asdf/installs/nodejs/96.1.2/bin/node",
        "MISE_DATA_DIR, mise, mise/installs/node/96.1.2/bin/node",
        "NODENV_ROOT, nodenv, nodenv/versions/96.1.2/bin/node",
        "N_PREFIX, n, n/n/versions/node/96.1.2/bin/node",
      })
  void a_node_of_a_manager_of_versions_is_found(String variable, String folder, String file)
      throws Exception {
    if (variable != null) {
      environment.put(variable, root.resolve(folder).toString());
    }
    interpreter(file, "96.1.2");

    assertThat(interpreters().find(Language.NODE, WantedVersion.of(">=96")).path())
        .isEqualTo(root.resolve(file));
  }

  @Test
  void of_several_in_one_manager_the_newest_is_taken_by_number_and_not_by_letter()
      throws Exception {
    interpreter("home/.pyenv/versions/96.9.1/bin/python", "96.9.1");
    interpreter("home/.pyenv/versions/96.13.0/bin/python", "96.13.0");

    assertThat(python(">=96").version()).isEqualTo(Version.of("96.13.0"));
    assertThat(python("96.9").version()).isEqualTo(Version.of("96.9.1"));
  }

  @Test
  void shims_are_not_asked_what_they_are() throws Exception {
    path("home/.pyenv/shims");
    interpreter("home/.pyenv/shims/python", "96.1.2");

    assertThatThrownBy(() -> python("96.1")).isInstanceOf(NoInterpreter.class);
  }

  @Test
  void where_none_fits_all_that_were_found_are_told_with_their_places() throws Exception {
    path("one");
    interpreter("one/python3", "96.1.2");
    interpreter("home/.pyenv/versions/95.4.0/bin/python", "95.4.0");
    script("one/python", "exit 3");

    assertThatThrownBy(() -> python("95.5"))
        .isInstanceOf(NoInterpreter.class)
        .hasMessageStartingWith("no Python 95.5 on this machine (found: ")
        .hasMessageContaining(
            "95.4.0 (%s), 96.1.2 (%s)",
            root.resolve("home/.pyenv/versions/95.4.0/bin/python"), root.resolve("one/python3"))
        .hasMessageEndingWith("; install it, or name a version that is here");
  }

  @Test
  void each_is_asked_once_until_it_changes() throws Exception {
    path("one");
    Path asked = root.resolve("asked");
    script("one/python3", "echo x >> %s; echo 96.1.2 $0".formatted(asked));
    var interpreters = interpreters();
    for (int i = 0; i < 3; i++) {
      assertThat(interpreters.find(Language.PYTHON, WantedVersion.of("96.1")).version())
          .isEqualTo(Version.of("96.1.2"));
    }
    assertThat(asked).hasContent("x");

    interpreter("one/python3", "97.10.0");

    assertThat(interpreters.find(Language.PYTHON, WantedVersion.of("97.10")).version())
        .isEqualTo(Version.of("97.10.0"));
  }

  private void path(String... folders) {
    var path = new StringBuilder();
    for (String each : folders) {
      path.append(path.isEmpty() ? "" : ":").append(root.resolve(each));
    }
    environment.put("PATH", path.toString());
  }

  private Interpreters interpreters() {
    return new Interpreters(new Surroundings(environment), Duration.ofSeconds(20));
  }

  private Interpreter python(String version) throws NoInterpreter {
    return interpreters().find(Language.PYTHON, WantedVersion.of(version));
  }

  private void interpreter(String file, String version) throws IOException {
    script(file, "echo %s $0".formatted(version));
  }

  private void script(String file, String line) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
  }
}
