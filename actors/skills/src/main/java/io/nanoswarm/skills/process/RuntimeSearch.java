package io.nanoswarm.skills.process;

import io.nanoswarm.skills.interpreter.Interpreter;
import io.nanoswarm.skills.interpreter.Interpreters;
import io.nanoswarm.skills.interpreter.Language;
import io.nanoswarm.skills.interpreter.NoInterpreter;
import io.nanoswarm.skills.interpreter.Surroundings;
import io.nanoswarm.skills.interpreter.WantedVersion;
import io.nanoswarm.skills.process.ProcessManifest.Command;
import io.nanoswarm.skills.process.ProcessManifest.Entry;
import io.nanoswarm.skills.process.ProcessManifest.Node;
import io.nanoswarm.skills.process.ProcessManifest.Python;
import io.nanoswarm.skills.process.ProcessManifest.Script;
import io.nanoswarm.skills.process.ProcessManifest.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds on this machine what a manifest names to run its skill. Blocks where interpreters are asked
 * for their versions; makes nothing, and starts nothing of the skill.
 */
record RuntimeSearch(
    ProcessManifest manifest, Surroundings surroundings, Interpreters interpreters) {

  /**
   * @throws Unready if something is not here
   */
  void all() throws Unready {
    switch (manifest.runtime()) {
      case Python python -> {
        var _ = python(python);
        entry(python.entry(), false);
      }
      case Node node -> {
        var _ = node(node);
        entry(node.entry(), true);
      }
      case Command command -> {
        var _ = command(command);
      }
    }
  }

  /** Tools of Python are classes, and only Python knows where; those of Node are files. */
  private void entry(Entry entry, boolean toolsAreFiles) throws Unready {
    switch (entry) {
      case Script(String file) -> {
        var _ = inFolder(file);
      }
      case Tools(List<String> names) -> {
        if (toolsAreFiles) {
          var _ = inFolder(names.getFirst());
        }
      }
    }
  }

  Interpreter python(Python runtime) throws Unready {
    return interpreter(Language.PYTHON, runtime.version());
  }

  Interpreter node(Node runtime) throws Unready {
    return interpreter(Language.NODE, runtime.version());
  }

  private Interpreter interpreter(Language language, WantedVersion wanted) throws Unready {
    try {
      return interpreters.find(language, wanted);
    } catch (NoInterpreter e) {
      throw Unready.unmet(String.valueOf(e.getMessage()));
    }
  }

  /** With the program's whole path. */
  List<String> command(Command runtime) throws Unready {
    var line = new ArrayList<>(runtime.line());
    String program = line.getFirst();
    if (!program.contains("/")) {
      Path found =
          surroundings
              .program(program)
              .orElseThrow(() -> Unready.unmet("no program %s on PATH".formatted(program)));
      line.set(0, found.toString());
      return line;
    }
    Path file = inFolder(program);
    if (!Files.isExecutable(file)) {
      throw Unready.unmet("%s cannot be executed".formatted(file));
    }
    line.set(0, file.toString());
    return line;
  }

  Path inFolder(String file) throws Unready {
    Path path = manifest.folder().resolve(file);
    if (!Files.exists(path)) {
      throw Unready.unmet("%s is not there".formatted(path));
    }
    return path;
  }
}
