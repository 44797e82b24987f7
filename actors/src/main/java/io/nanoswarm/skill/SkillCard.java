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
 */
public record SkillCard(SkillName name, String description, JsonNode parameters, List<Need> needs) {
  public SkillCard {
    needs = List.copyOf(needs);
  }
}
