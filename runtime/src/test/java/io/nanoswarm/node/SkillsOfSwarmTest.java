package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.api.SkillsView.SkillView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.SwarmDefinition.Agent;
import io.nanoswarm.definition.SwarmDefinition.Skill;
import io.nanoswarm.http.EndpointServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a control node knows of the skills that a definition names. */
@Timeout(120)
class SkillsOfSwarmTest {
  @TempDir Path folder;

  private final LocalNodes nodes =
      new LocalNodes(SwarmSetup.offline(), EndpointServer::start, "test", InstantSource.system());

  @Test
  void a_task_of_an_agent_whose_skill_needs_what_no_node_offers_ends_at_once_and_says_so()
      throws Exception {
    text("ask", "metadata: {nanobot: {requires: {bins: [no-such-program]}}}");

    assertThat(reason(swarm("ask"))).contains("no node offers no-such-program; 1 node up");
  }

  @Test
  void a_version_that_is_not_here_is_lacking_and_one_that_is_here_is_not() throws Exception {
    process("young", "needs: ['runtime:java>=9999']");
    process("old", "needs: ['runtime:java>=8', 'runtime:no-such-language']");

    assertThat(reason(swarm("young"))).contains("no node offers java 9999 or newer; 1 node");
    assertThat(reason(swarm("old"))).contains("no node offers no-such-language; 1 node up");
  }

  @Test
  void skills_of_a_swarm_are_listed_with_their_agents_and_what_they_lack() throws Exception {
    text("ask", "metadata: {nanobot: {requires: {bins: [sh, no-such-program]}}}");
    process("run", "needs: ['runtime:java>=8']");
    process("broken", "nedds: []");

    assertThat(nodes.skills(swarm("ask", "run", "broken", "exec", "text-search")).skills())
        .extracting(SkillView::name, SkillView::from, SkillView::agents, SkillView::lacking)
        .containsExactly(
            tuple("ask", "swarm", List.of("asker"), List.of("bin:no-such-program")),
            tuple("run", "swarm", List.of("asker"), List.of()),
            tuple("broken", "swarm", List.of("asker"), List.of()),
            tuple("exec", "built-in", List.of("asker"), List.of()),
            tuple("text-search", "built-in", List.of("asker"), List.of()));
  }

  @Test
  void process_skills_of_a_workspace_are_listed_with_what_is_wrong_with_them() throws Exception {
    process("run", "needs: ['bin:no-such-program']");
    process("broken", "nedds: []");
    process("absent", "");
    Files.delete(folder.resolve("skills/absent/run.sh"));

    var listed = nodes.skills(folder).skills();

    assertThat(listed)
        .filteredOn(skill -> skill.from().equals("workspace"))
        .extracting(SkillView::name, SkillView::lacking)
        .containsExactly(
            tuple("absent", List.of()),
            tuple("broken", List.of()),
            tuple("run", List.of("bin:no-such-program")));
    assertThat(problem(listed, "absent")).endsWith("run.sh is not there");
    assertThat(problem(listed, "broken")).contains("nedds: no such key");
    assertThat(problem(listed, "run")).isNull();
  }

  private static String problem(List<SkillView> skills, String name) {
    return skills.stream()
        .filter(skill -> skill.name().equals(name))
        .findFirst()
        .orElseThrow()
        .problem();
  }

  private void text(String name, String front) throws IOException {
    Path place = Files.createDirectories(folder.resolve("skills").resolve(name));
    Files.writeString(place.resolve("SKILL.md"), "---\n" + front + "\n---\nText.\n");
  }

  private void process(String name, String lines) throws IOException {
    Path place = Files.createDirectories(folder.resolve("skills").resolve(name));
    Path script = place.resolve("run.sh");
    Files.writeString(script, "#!/bin/sh\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        place.resolve("skill.yaml"),
        "description: a test's\nruntime: {command: [./run.sh]}\n" + lines);
  }

  /** One agent that has these skills; those that there are folders of are defined. */
  private SwarmDefinition swarm(String... skills) {
    var defined = new LinkedHashMap<String, Skill>();
    for (String skill : skills) {
      Path place = folder.resolve("skills").resolve(skill);
      if (Files.exists(place)) {
        defined.put(skill, new Skill(place.toString(), null));
      }
    }
    var asker =
        new Agent(null, "critic", 1, "", "", List.of(skills), List.of(), null, null, null, null);
    return new SwarmDefinition(
        "asking", List.of(), Map.of("asker", asker), defined, Map.of(), null);
  }

  /** Why a session with it failed. */
  private String reason(SwarmDefinition swarm) {
    try (var node = nodes.start(folder.resolve("data"), NodeOptions.DEFAULT)) {
      var client = new EndpointClient(node.endpoint());
      String id =
          client.open(new SessionRequest("Ask.", folder.toString(), Map.of(), null, null, swarm));
      var ended = client.follow(id, _ -> {});
      assertThat(ended.status()).isEqualTo("failed");
      return String.valueOf(ended.reason());
    }
  }
}
