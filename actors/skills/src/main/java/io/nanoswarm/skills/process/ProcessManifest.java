package io.nanoswarm.skills.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.session.Need;
import io.nanoswarm.skills.interpreter.Language;
import io.nanoswarm.skills.interpreter.WantedVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code skill.yaml} of a folder says of a skill that is a process.
 *
 * @param folder where it stands; the process is started there
 * @param description when to use it; absent if its tool says so itself
 * @param parameters JSON Schema of its arguments; absent if its tool says so itself
 * @param needs that it names beside its runtime
 * @param environment names of variables of this node that the process sees as well
 */
record ProcessManifest(
    Path folder,
    @Nullable String description,
    @Nullable JsonNode parameters,
    SkillRuntime runtime,
    List<Need> needs,
    List<String> environment,
    ProcessLimits limits) {
  static final String FILE = "skill.yaml";

  ProcessManifest {
    needs = List.copyOf(needs);
    environment = List.copyOf(environment);
  }

  /** What runs it. */
  sealed interface SkillRuntime {}

  /**
   * Python, in an environment of the skill's own.
   *
   * @param index whether packages may come from an index
   */
  record Python(WantedVersion version, boolean index, Entry entry) implements SkillRuntime {}

  record Node(WantedVersion version, Entry entry) implements SkillRuntime {}

  /** Any executable, which speaks the protocol by itself. */
  record Command(List<String> line) implements SkillRuntime {
    Command {
      line = List.copyOf(line);
    }
  }

  /** Where a runtime begins. */
  sealed interface Entry {}

  /** Tools, which know nothing of the protocol: classes of Python, a module of Node. */
  record Tools(List<String> names) implements Entry {
    Tools {
      names = List.copyOf(names);
    }
  }

  /** A script that speaks the protocol by itself. */
  record Script(String file) implements Entry {}

  /** What a node must have for it: its runtime, and what it names beside that. */
  List<Need> allNeeds() {
    return Stream.concat(ofRuntime().stream(), needs.stream()).distinct().toList();
  }

  private Optional<Need> ofRuntime() {
    return switch (runtime) {
      case Python(var version, _, _) -> Optional.of(need(Language.PYTHON, version));
      case Node(var version, _) -> Optional.of(need(Language.NODE, version));
      case Command(List<String> line) -> program(line.getFirst());
    };
  }

  private static Need need(Language language, WantedVersion version) {
    return new Need("runtime:" + language.runtime() + version.condition());
  }

  /** Nothing for a file of the folder, or for what can be no program's name. */
  private static Optional<Need> program(String name) {
    try {
      return name.contains("/") ? Optional.empty() : Optional.of(new Need("bin:" + name));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whether the process itself can be asked what its skill is. */
  boolean describesItself() {
    return switch (runtime) {
      case Python(_, _, Tools _), Node(_, Tools _) -> true;
      case Python(_, _, Script _), Node(_, Script _), Command _ -> false;
    };
  }
}
