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
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The built-in skill {@code read_skill}: lists the skills that are found from the workspace, and
 * reads one of them. An agent that has it needs none of them named in its spec.
 */
public final class ReadSkill implements Skill {
  public static final SkillName NAME = new SkillName("read_skill");

  private final SkillFolders folders;
  private final NodeNeeds node;
  private final SkillCard card;

  public ReadSkill(SkillFolders folders, NodeNeeds node) {
    this.folders = folders;
    this.node = node;
    card =
        new SkillCard(
            NAME,
            "Read the instructions of a skill before doing what it is for. Without a name: lists"
                + " all skills there are.",
            parameters(),
            List.of());
  }

  private static ObjectNode parameters() {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = parameters.putObject("properties");
    properties
        .putObject("name")
        .put("type", "string")
        .put("description", "The skill to read. Leave out to list all.");
    properties
        .putObject("file")
        .put("type", "string")
        .put("description", "A file of the skill, as its instructions name it.");
    return parameters;
  }

  @Override
  public SkillCard card() {
    return card;
  }

  @Override
  public CompletionStage<SkillResult> call(SkillCall call) {
    return CompletableFuture.supplyAsync(
        () -> answer(call), task -> Thread.ofVirtual().name("read-skill").start(task));
  }

  private SkillResult answer(SkillCall call) {
    String name = call.arguments().path("name").asText("");
    if (name.isBlank()) {
      return new SkillResult.Succeeded(TextNode.valueOf(list(call.workspace())));
    }
    var found = folders.find(name, call.workspace());
    if (found.isEmpty()) {
      return new SkillResult.Failed(
          Cause.UNKNOWN_SKILL,
          "no skill '%s' (there are: %s)"
              .formatted(
                  name,
                  folders.in(call.workspace()).stream()
                      .map(SkillFolders.Found::name)
                      .collect(Collectors.joining(", "))));
    }
    try {
      var folder = SkillFolder.read(found.get().folder());
      List<Need> lacking = node.lacking(folder.needs());
      return FolderSkill.answer(folder, call.arguments().path("file").asText(""), lacking);
    } catch (SkillFolder.NotReadable e) {
      return new SkillResult.Failed(Cause.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private String list(Path workspace) {
    String lines = folders.in(workspace).stream().map(this::line).collect(Collectors.joining("\n"));
    return lines.isEmpty() ? "There are no skills." : lines;
  }

  private String line(SkillFolders.Found found) {
    try {
      var folder = SkillFolder.read(found.folder());
      String lacking =
          node.lacking(folder.needs()).stream().map(Need::value).collect(Collectors.joining(", "));
      // With the place, since texts name their scripts relative to it.
      return "- **%s** — %s%s `%s`"
          .formatted(
              found.name(),
              folder.description().replaceAll("\\s+", " "),
              lacking.isEmpty() ? "" : " (unavailable here: needs " + lacking + ")",
              folder.path());
    } catch (SkillFolder.NotReadable e) {
      return "- **%s** — %s".formatted(found.name(), e.getMessage());
    }
  }
}
