package io.nanoswarm.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentCode;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.CodeJar;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillLoader;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final WorkerId WORKER = new WorkerId("w-1");
  private static final AgentName NAME = new AgentName("writer-1");

  private static final String TALKER =
      """
      package com.acme;
      import io.nanoswarm.agent.*;
      public class Talker implements Agent.Answering {
        private final String word = Words.hello();
        public String answer(Task task) { return word; }
      }
      """;

  private static final String WORDS =
      "package com.acme;\nclass Words { static String hello() { return \"hello\"; } }";

  @TempDir Path folder;
  private final ActorTestKit kit =
      ActorTestKit.create(
          "worker",
          ConfigFactory.parseString(
              """
              pekko.actor.provider = cluster
              pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              pekko.cluster.jmx.enabled = off
              """));
  private final TestProbe<Machine.Command> machine = kit.createTestProbe(Machine.Command.class);
  private final CountDownLatch loading = new CountDownLatch(1);
  private final CountDownLatch mayLoad = new CountDownLatch(1);
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** Works on nothing. */
  public static final class IdleAgent implements Agent {
    @Override
    public Behavior<Message> create() {
      return Behaviors.ignore();
    }
  }

  private final class SlowToLoad implements Skill {
    @Override
    public SkillCard card() {
      return new SkillCard(
          new SkillName("slow"), "slow", JsonNodeFactory.instance.objectNode(), List.of());
    }

    @Override
    public CompletionStage<SkillResult> call(SkillCall call) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed.complete(null);
    }
  }

  @BeforeEach
  void formCluster() {
    var cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void an_agent_is_hosted_once_however_often_it_is_told() {
    var worker = worker((_, _) -> new SlowToLoad());

    worker.tell(host());
    machine.expectMessage(LONG, new Machine.Hosted(WORKER, NAME));
    worker.tell(host());

    machine.expectMessage(LONG, new Machine.Hosted(WORKER, NAME));
  }

  @Test
  void what_takes_its_time_to_load_does_not_keep_the_worker_from_listening() throws Exception {
    var worker = worker((_, _) -> afterAWhile());
    worker.tell(host());
    assertThat(loading.await(30, TimeUnit.SECONDS)).isTrue();

    worker.tell(new Worker.Drain(NAME));

    machine.expectMessage(LONG, new Machine.Drained(WORKER, NAME));
    mayLoad.countDown();
    closed.get(30, TimeUnit.SECONDS);
  }

  @Test
  void an_agent_whose_skill_is_not_there_is_refused_for_good() {
    var worker =
        worker((_, _) -> {
          throw new NoSuchSkill("skill slow: nowhere");
        });

    worker.tell(host());

    machine.expectMessage(LONG, new Machine.HostFailed(WORKER, NAME, "skill slow: nowhere", false));
  }

  @Test
  void an_agent_whose_loading_goes_wrong_may_be_tried_again() {
    var worker =
        worker((_, _) -> {
          throw new IllegalStateException("the disk is full");
        });

    worker.tell(host());

    var failed = (Machine.HostFailed) machine.receiveMessage(LONG);
    assertThat(failed.reason()).contains("the disk is full");
    assertThat(failed.retryable()).isTrue();
  }

  @Test
  void code_that_is_not_on_the_machine_is_loaded_from_its_copies() throws Exception {
    Path jar = CodeJar.make(folder.resolve("agent.jar"), _ -> true, TALKER, WORDS);
    var artifacts = new FileArtifactStore(folder);
    var copied = new AgentCode.Part("00-agent.jar", false, artifacts.put(Files.readAllBytes(jar)));
    var worker = worker((_, _) -> new SlowToLoad());
    var host = host(new AgentCode("com.acme.Talker", List.of(copied), "ab12"));

    worker.tell(host);

    machine.expectMessage(LONG, new Machine.Hosted(WORKER, NAME));
    assertThat(folder.resolve("code/ab12/00-agent.jar")).hasSameBinaryContentAs(jar);
  }

  @Test
  void code_that_is_neither_on_the_machine_nor_copied_is_told_and_refused_for_good() {
    var worker = worker((_, _) -> new SlowToLoad());

    worker.tell(
        host(
            new AgentCode(
                "com.acme.Talker", List.of(new AgentCode.Part("00-agent.jar", false, null)), "1")));

    var failed = (Machine.HostFailed) machine.receiveMessage(LONG);
    assertThat(failed.reason())
        .startsWith("the code of com.acme.Talker (agent.jar) is not on this machine")
        .contains("was not copied", "swarm reload");
    assertThat(failed.retryable()).isFalse();
  }

  @Test
  void a_copy_that_cannot_be_had_is_told_and_may_be_tried_again() {
    var worker = worker((_, _) -> new SlowToLoad());
    var lost = new AgentCode.Part("00-agent.jar", false, ArtifactRef.of(new byte[] {1}));

    worker.tell(host(new AgentCode("com.acme.Talker", List.of(lost), "1")));

    var failed = (Machine.HostFailed) machine.receiveMessage(LONG);
    assertThat(failed.reason())
        .startsWith("the code of com.acme.Talker (agent.jar) is not on this machine")
        .contains("is not kept here");
    assertThat(failed.retryable()).isTrue();
  }

  private Skill afterAWhile() {
    loading.countDown();
    try {
      mayLoad.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return new SlowToLoad();
  }

  private ActorRef<Worker.Command> worker(SkillLoader skills) {
    var means = new Worker.Means(_ -> new FileArtifactStore(folder), folder, skills);
    var worker = kit.spawn(Worker.create(WORKER, machine.ref(), means, LONG));
    assertThat(machine.receiveMessage(LONG)).isInstanceOf(Machine.Hello.class);
    return worker;
  }

  private Worker.Host host() {
    return host(AgentCode.ofClassPath(IdleAgent.class.getName()));
  }

  private Worker.Host host(AgentCode code) {
    var spec =
        AgentSpec.of(new AgentRole("writer"), code, "idle")
            .withSkills(List.of(new SkillSpec.BuiltIn(new SkillName("slow"))));
    ActorRef<Object> nobody = kit.system().ignoreRef();
    return new Worker.Host(NAME, spec, gate(nobody));
  }

  private static Gate gate(ActorRef<Object> nobody) {
    return new Gate(
        nobody.unsafeUpcast(),
        nobody.unsafeUpcast(),
        nobody.unsafeUpcast(),
        nobody.unsafeUpcast(),
        nobody.unsafeUpcast(),
        nobody.unsafeUpcast(),
        nobody.unsafeUpcast());
  }
}
