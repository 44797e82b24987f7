package io.nanoswarm.skills.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skills.interpreter.Surroundings;
import io.nanoswarm.skills.needs.NodeNeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes skills from folders with a {@code skill.yaml}. Thread safe. */
public final class ProcessSkills {
  private final ProcessSkillSettings settings;
  private final Launch.Means means;

  /**
   * @param node looks whether what a manifest needs is here
   * @param cache a folder for what can be made again, as virtual environments
   * @param environment of this JVM; skills see a part of it
   */
  public ProcessSkills(
      ProcessSkillSettings settings, NodeNeeds node, Path cache, Map<String, String> environment) {
    this.settings = settings;
    this.means = Launch.Means.of(cache.resolve("skills"), new Surroundings(environment), node);
  }

  /** Whether a folder holds such a skill. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(ProcessManifest.FILE));
  }

  /**
   * Makes a skill. Where its manifest does not say what it is for, its process is started to be
   * asked, for a moment; the only case in which this blocks for long.
   *
   * @param name by which the skill is called; of several tools in a folder it is the tool's own
   * @throws NoSuchSkill if the manifest cannot be read as one
   */
  public Skill load(SkillName name, Path folder) throws NoSuchSkill {
    var manifest = ManifestReader.read(folder, settings.limits());
    var launch = new Launch(name, manifest, means);
    return new ProcessSkill(card(launch), launch, manifest.limits(), settings);
  }

  private SkillCard card(Launch launch) {
    var manifest = launch.manifest();
    String description = manifest.description();
    JsonNode parameters = manifest.parameters();
    if ((description == null || parameters == null) && manifest.describesItself()) {
      switch (described(launch)) {
        case SkillResult.Succeeded(JsonNode told) -> {
          description = description == null ? told.path("description").asText() : description;
          parameters = parameters == null ? told.path("parameters") : parameters;
        }
        case SkillResult.Failed(_, String reason) ->
            description = description == null ? "Cannot be used here: " + reason : description;
      }
    }
    return new SkillCard(
        launch.skill(),
        description == null ? launch.skill().value() : description,
        parameters != null && parameters.isObject()
            ? parameters
            : JsonNodeFactory.instance.objectNode().put("type", "object"),
        manifest.allNeeds(),
        launch.lacking(),
        "");
  }

  private SkillResult described(Launch launch) {
    var asked = new CompletableFuture<SkillResult>();
    Thread.ofVirtual()
        .name("skill-%s-describe".formatted(launch.skill()))
        .start(() -> describe(launch, asked));
    Duration within = settings.describeWithin();
    try {
      return asked.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new SkillResult.Failed(SkillResult.Cause.ENDED, "it was asked in vain");
    } catch (TimeoutException _) {
      return new SkillResult.Failed(
          SkillResult.Cause.TIMED_OUT,
          "it did not say what it is within " + SkillProcess.seconds(within));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void describe(Launch launch, CompletableFuture<SkillResult> asked) {
    try {
      var process =
          SkillProcess.start(
              launch.skill(), launch.order(), launch.manifest().limits(), settings.grace());
      var exchange = Exchange.open(_ -> {});
      var over = process.describe(exchange);
      if (over != null) {
        asked.complete(over);
      }
      var _ = exchange.result().thenAccept(asked::complete);
      var _ =
          asked
              .completeOnTimeout(
                  new SkillResult.Failed(SkillResult.Cause.TIMED_OUT, "it does not say what it is"),
                  settings.describeWithin().toMillis(),
                  TimeUnit.MILLISECONDS)
              .thenAccept(_ -> process.close());
    } catch (Unready e) {
      asked.complete(e.failed());
    } catch (IOException | RuntimeException e) {
      asked.complete(
          new SkillResult.Failed(SkillResult.Cause.ENDED, String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      asked.completeExceptionally(e);
    }
  }
}
