package io.nanoswarm.skills;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import io.nanoswarm.skills.exec.ExecSettings;
import io.nanoswarm.skills.process.ProcessSkillSettings;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How skills are found and run; the keys are explained in {@code reference.conf}.
 *
 * @param folders looked into after those of a workspace
 * @param environment names of variables that skills see
 * @param javaTimeLimit the longest that one call of a Java skill may take
 */
public record SkillsSettings(
    List<Path> folders,
    List<String> environment,
    Duration javaTimeLimit,
    ExecSettings exec,
    ProcessSkillSettings process) {
  public SkillsSettings {
    folders = List.copyOf(folders);
    environment = List.copyOf(environment);
    if (!javaTimeLimit.isPositive()) {
      throw new IllegalArgumentException(
          "swarm.skills.java-time-limit: %s (expected: > 0)".formatted(javaTimeLimit));
    }
  }

  public static SkillsSettings create(ActorSystem<?> system) {
    return of(system.settings().config());
  }

  /** Where there is no actor system yet. */
  public static SkillsSettings of(Config whole) {
    return from(whole.getConfig("swarm.skills"));
  }

  static SkillsSettings from(Config config) {
    return new SkillsSettings(
        list(config, "folders", File.pathSeparator).stream().map(Path::of).toList(),
        list(config, "environment", ","),
        config.getDuration("java-time-limit"),
        ExecSettings.from(config.getConfig("exec")),
        ProcessSkillSettings.from(config.getConfig("process")));
  }

  /** A variable of the environment is one text, and has separators in it. */
  private static List<String> list(Config config, String key, String separator) {
    return config.getValue(key).valueType() == ConfigValueType.STRING
        ? Stream.of(config.getString(key).split(separator))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .toList()
        : config.getStringList(key);
  }
}
