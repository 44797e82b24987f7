package io.nanoswarm.skills.folder;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nanoswarm.session.Need;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import io.nanoswarm.skills.needs.NodeNeeds;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * A folder with a {@code SKILL.md} as a skill: calling it is reading it. Without arguments the
 * instructions are answered, with {@code file} one of the files beside them.
 */
public final class FolderSkill implements Skill {
  private final SkillFolder folder;
  private final SkillCard card;

  public FolderSkill(SkillName name, SkillFolder folder, NodeNeeds node) {
    this.folder = folder;
    List<Need> needs = folder.needs();
    card =
        new SkillCard(
            name,
            folder.description(),
            parameters(folder),
            needs,
            node.lacking(needs),
            folder.always() ? folder.instructions() : "");
  }

  private static ObjectNode parameters(SkillFolder folder) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("type", "object");
    parameters
        .putObject("properties")
        .putObject("file")
        .put("type", "string")
        .put(
            "description",
            "A file of the skill, as its instructions name it, relative to %s. Leave out to read"
                    .formatted(folder.path())
                + " the instructions.");
    return parameters;
  }

  @Override
  public SkillCard card() {
    return card;
  }

  @Override
  public CompletionStage<SkillResult> call(SkillCall call) {
    return CompletableFuture.supplyAsync(
        () -> answer(folder, call.arguments().path("file").asText(""), card.lacking()),
        task -> Thread.ofVirtual().name("read-skill").start(task));
  }

  static SkillResult answer(SkillFolder folder, String file, List<Need> lacking) {
    if (!lacking.isEmpty()) {
      return new SkillResult.Failed(
          Cause.UNMET_NEEDS,
          "%s needs %s, which this node does not have"
              .formatted(
                  folder.name(),
                  lacking.stream().map(Need::value).collect(Collectors.joining(", "))));
    }
    try {
      String text = file.isBlank() ? folder.instructions() : folder.resource(file);
      return new SkillResult.Succeeded(TextNode.valueOf(text));
    } catch (SkillFolder.NotReadable e) {
      return new SkillResult.Failed(Cause.NOT_ALLOWED, String.valueOf(e.getMessage()));
    }
  }
}
