package io.nanoswarm.skill;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One call of a skill.
 *
 * @param arguments an object; checked against the skill's schema
 * @param timeLimit from the call to its result; what the attempt has left, or less
 * @param workspace the folder that the session works on
 */
public record SkillCall(SkillName skill, JsonNode arguments, Duration timeLimit, Path workspace) {}
