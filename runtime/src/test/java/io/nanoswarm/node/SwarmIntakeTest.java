package io.nanoswarm.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.SwarmDefinition.Agent;
import io.nanoswarm.definition.SwarmDefinition.PlannedTask;
import io.nanoswarm.offline.OfflinePlanner;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.skills.SkillNeeds;
import io.nanoswarm.skills.SkillsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A swarm of a user's own on control nodes with folders of their own. */
class SwarmIntakeTest {
  private static final String TALKER =
      """
      package com.acme;
      import io.nanoswarm.agent.*;
      public class Talker implements Agent.Answering {
        public String answer(Task task) { return "VERSION"; }
      }
      """;

  @TempDir Path folder;
  private Path jar;
  private ArtifactStore artifacts;

  @BeforeEach
  void build() throws IOException {
    jar = folder.resolve("agent.jar");
    artifacts = new FileArtifactStore(folder.resolve("artifacts"));
    build("v1");
  }

  @Test
  void two_control_nodes_mean_the_same_agents_by_the_same_files() {
    assertThat(spec(node("two", artifacts).take(swarm())))
        .isEqualTo(spec(node("one", artifacts).take(swarm())));
  }

  @Test
  void a_session_goes_on_with_the_copies_of_its_code_on_a_node_that_lacks_its_files()
      throws Exception {
    var opened = join(node("one", artifacts).take(swarm()));
    Files.delete(jar);

    var again = join(node("two", artifacts).takeAgain(opened.definition()));

    assertThat(spec(again)).isEqualTo(spec(opened));
    assertThat(again.definition()).isEqualTo(opened.definition());
  }

  @Test
  void a_node_that_has_the_files_takes_them_as_they_are() throws Exception {
    var opened = join(node("one", artifacts).take(swarm()));
    build("v2");

    var again = join(node("two", artifacts).takeAgain(opened.definition()));

    assertThat(spec(again).code().version()).isNotEqualTo(spec(opened).code().version());
  }

  @Test
  void a_swarm_that_was_kept_without_copies_needs_its_files() throws Exception {
    var kept = artifacts.put(ApiJson.mapper().writeValueAsBytes(swarm()));

    assertThat(spec(node("one", artifacts).takeAgain(kept)).code().parts()).hasSize(1);

    Files.delete(jar);
    assertThatThrownBy(() -> join(node("two", artifacts).takeAgain(kept)))
        .hasRootCauseInstanceOf(SwarmProblem.class)
        .hasMessageContaining("agent.jar");
  }

  @Test
  void a_copy_that_is_lost_is_told() throws Exception {
    var opened = join(node("one", artifacts).take(swarm()));
    var elsewhere = new FileArtifactStore(folder.resolve("elsewhere"));
    var kept = elsewhere.put(artifacts.get(opened.definition()));
    Files.delete(jar);

    assertThatThrownBy(() -> join(node("two", elsewhere).takeAgain(kept)))
        .hasRootCauseInstanceOf(SwarmProblem.class)
        .hasMessageContaining("the session's swarm cannot be read")
        .hasMessageContaining("(agent.jar) is not on this node");
  }

  @Test
  void a_plan_needs_neither_the_swarms_code_nor_a_copy_of_it() throws Exception {
    var opened = join(node("one", artifacts).take(swarm()));
    var elsewhere = new FileArtifactStore(folder.resolve("elsewhere"));
    var kept = elsewhere.put(artifacts.get(opened.definition()));
    Files.delete(jar);

    assertThat(node("two", elsewhere).plannerOf(kept).toCompletableFuture().join())
        .isInstanceOf(DefinedPlanner.class);
  }

  @Test
  void without_the_definition_there_is_no_planner() throws Exception {
    var lost = node("one", artifacts).plannerOf(new ArtifactRef("0".repeat(64), 1));

    assertThatThrownBy(() -> lost.toCompletableFuture().join())
        .hasRootCauseInstanceOf(SwarmProblem.class)
        .hasMessageContaining("the session's swarm cannot be read");
  }

  /** Nodes of an older version read it, and a sweep finds the copies in it. */
  @Test
  void what_is_kept_of_a_swarm_is_its_definition_with_the_copies_before_it() throws Exception {
    var alone = join(node("alone", null).take(swarm()));
    var shared = join(node("one", artifacts).take(swarm()));

    assertThat(artifacts.get(alone.definition()))
        .isEqualTo(ApiJson.mapper().writeValueAsBytes(swarm()));
    assertThat(artifacts.get(shared.definition())).asString(UTF_8).startsWith("{\"copies\":");
    assertThat(
            ApiJson.mapper().readValue(artifacts.get(shared.definition()), SwarmDefinition.class))
        .isEqualTo(swarm());
  }

  private SwarmIntake node(String name, ArtifactStore shared) {
    return new SwarmIntake(
        SwarmSetup.offline(),
        new SkillNeeds(SkillsSettings.of(ConfigFactory.load())),
        new OfflinePlanner(artifacts, Runnable::run),
        shared == null ? artifacts : shared,
        new KeptCode(folder.resolve(name), shared),
        Runnable::run);
  }

  private static SessionSwarm join(CompletionStage<SessionSwarm> taken) {
    return taken.toCompletableFuture().join();
  }

  private static AgentSpec spec(CompletionStage<SessionSwarm> taken) {
    return spec(join(taken));
  }

  private static AgentSpec spec(SessionSwarm swarm) {
    return swarm.roster().member(new AgentRole("talker")).orElseThrow().spec();
  }

  private void build(String version) throws IOException {
    CodeJar.make(jar, _ -> true, TALKER.replace("VERSION", version));
  }

  private SwarmDefinition swarm() {
    var agent =
        new Agent("com.acme.Talker", null, 1, "", "", List.of(), List.of(), null, null, null, null);
    var task = new PlannedTask("talker", "Talk", "", List.of(), List.of(), null, null, Map.of());
    return new SwarmDefinition(
        "talk",
        List.of(jar.toString()),
        Map.of("talker", agent),
        Map.of(),
        Map.of("talk", task),
        "talk");
  }
}
