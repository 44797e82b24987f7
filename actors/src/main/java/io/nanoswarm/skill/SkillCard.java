package io.nanoswarm.skill;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.session.Need;
import java.util.List;

/**
 * What is told of a skill: enough to choose it, and to call it.
 *
 * @param description when to use it, for a person or a model
 * @param parameters JSON Schema of its arguments, an object
 * @param needs what a node must have to run it
 * @param lacking those of its needs that the node does not meet on which its agent is
 * @param instructions what an agent is told in any case; empty where description and parameters say
 *     enough
 */
public record SkillCard(
    SkillName name,
    String description,
    JsonNode parameters,
    List<Need> needs,
    List<Need> lacking,
    String instructions) {
  public SkillCard {
    needs = List.copyOf(needs);
    lacking = List.copyOf(lacking);
  }

  /** Of a skill whose needs are met, and that needs no instructions. */
  public SkillCard(SkillName name, String description, JsonNode parameters, List<Need> needs) {
    this(name, description, parameters, needs, List.of(), "");
  }

  public SkillCard withName(SkillName other) {
    return new SkillCard(other, description, parameters, needs, lacking, instructions);
  }

  public SkillCard withNeeds(List<Need> other) {
    return new SkillCard(name, description, parameters, other, lacking, instructions);
  }

  public SkillCard withLacking(List<Need> other) {
    return new SkillCard(name, description, parameters, needs, other, instructions);
  }
}
