package io.nanoswarm.skills.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nanoswarm.session.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code SKILL.md}: front matter in YAML, and the text behind it. Lenient, as nanobot is: what is
 * missing or has a wrong shape counts as not said, and nothing in it keeps a skill from being
 * listed.
 *
 * @param description empty if it says none
 * @param homepage empty if it says none
 * @param always whether an agent is told the text at once
 * @param license empty if it says none
 * @param allowedTools the names it gives
 * @param compatibility empty if it says nothing
 * @param requirements what it needs
 * @param body the text, as it stands in the file
 * @param problem why the front matter could not be read, if it could not
 */
record SkillText(
    String description,
    String homepage,
    boolean always,
    String license,
    List<String> allowedTools,
    String compatibility,
    Requirements requirements,
    String body,
    Optional<String> problem) {
  private static final Pattern FRONT_MATTER =
      Pattern.compile("^---\\s*\\r?\\n(.*?)\\r?\\n---\\s*\\r?\\n?", Pattern.DOTALL);
  private static final Pattern DESCRIPTION =
      Pattern.compile("(?m)^description:[ \\t]*[\"']?(.+?)[\"']?[ \\t]*\\r?$");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * What a skill names under {@code requires}, and systems it runs on.
   *
   * @param programs all of them
   * @param anyPrograms one of them, if there are any
   * @param variables all of them
   * @param systems one of them, if there are any
   */
  record Requirements(
      List<String> programs,
      List<String> anyPrograms,
      List<String> variables,
      List<String> systems) {

    private static Requirements of(JsonNode metadata) {
      JsonNode requires = metadata.path("requires");
      return new Requirements(
          strings(requires.path("bins")),
          strings(requires.path("anyBins")),
          strings(requires.path("env")),
          strings(metadata.has("os") ? metadata.path("os") : requires.path("os")));
    }

    /** Of several that will do, the node that would run it chooses. */
    List<Need> needs() {
      var needs = new ArrayList<Need>();
      programs.forEach(each -> need("bin", each).ifPresent(needs::add));
      any("bin", anyPrograms).ifPresent(needs::add);
      variables.forEach(each -> need("env", each).ifPresent(needs::add));
      any("os", systems).ifPresent(needs::add);
      return List.copyOf(needs);
    }

    private static Optional<Need> any(String kind, List<String> names) {
      return names.stream()
          .map(name -> need(kind, name))
          .flatMap(Optional::stream)
          .map(Need::name)
          .distinct()
          .limit(Need.MOST_ALTERNATIVES)
          .reduce((one, other) -> one + "|" + other)
          .flatMap(all -> need(kind, all));
    }

    /** What can be no name of anything is not needed. */
    private static Optional<Need> need(String kind, String name) {
      try {
        return Optional.of(new Need(kind + ":" + name));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
  }

  /** Never fails. */
  static SkillText parse(String text) {
    Matcher matcher = FRONT_MATTER.matcher(text);
    if (!matcher.find()) {
      return of(JsonNodeFactory.instance.objectNode(), text, "there is no front matter");
    }
    String body = text.substring(matcher.end()).strip();
    try {
      JsonNode front = YAML.readTree(matcher.group(1));
      return front.isObject()
          ? of(front, body, null)
          : of(JsonNodeFactory.instance.objectNode(), body, "its front matter is no map");
    } catch (JsonProcessingException e) {
      // Most often a colon in a description without quotes: it is read as it was meant.
      var front = JsonNodeFactory.instance.objectNode();
      Matcher line = DESCRIPTION.matcher(matcher.group(1));
      if (line.find()) {
        front.put("description", line.group(1));
      }
      return of(front, body, "its front matter is no YAML: " + firstLine(e.getOriginalMessage()));
    }
  }

  private static SkillText of(JsonNode front, String body, @Nullable String problem) {
    JsonNode metadata = metadata(front.path("metadata"));
    return new SkillText(
        text(front.path("description")),
        text(front.path("homepage")),
        front.path("always").asBoolean() || metadata.path("always").asBoolean(),
        text(front.path("license")),
        tools(front.path("allowed-tools")),
        text(front.path("compatibility")),
        Requirements.of(metadata),
        body,
        Optional.ofNullable(problem));
  }

  /** Of a map, or of a map written as JSON, what stands there for nanobot, else for openclaw. */
  private static JsonNode metadata(JsonNode raw) {
    JsonNode all = raw;
    if (raw.isTextual()) {
      try {
        all = JSON.readTree(raw.textValue());
      } catch (JsonProcessingException _) {
        return MissingNode.getInstance();
      }
    }
    JsonNode ours = all.has("nanobot") ? all.path("nanobot") : all.path("openclaw");
    return ours.isObject() ? ours : MissingNode.getInstance();
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue().strip() : "";
  }

  private static List<String> tools(JsonNode value) {
    return value.isTextual()
        ? Stream.of(value.textValue().split("[\\s,]+")).filter(each -> !each.isEmpty()).toList()
        : strings(value);
  }

  private static List<String> strings(JsonNode value) {
    var strings = new ArrayList<String>();
    if (value.isTextual()) {
      strings.add(value.textValue().strip());
    }
    if (value.isArray()) {
      value.forEach(each -> strings.add(text(each)));
    }
    strings.removeIf(String::isEmpty);
    return List.copyOf(strings);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
