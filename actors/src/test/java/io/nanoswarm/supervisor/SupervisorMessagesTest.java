package io.nanoswarm.supervisor;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.AgentCode;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.session.AgentName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SupervisorMessagesTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(ConfigFactory.parseResources("swarm-serialization.conf"));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static Stream<Object> messages() {
    var worker = new WorkerId("researcher-1-x");
    var name = new AgentName("researcher-1");
    var agent = new DesiredAgent(name, SupervisorFixture.RESEARCHER, Isolation.PROCESS);
    var jvm = new SlotView.Jvm("10.0.0.1:25520", worker, 7L, null);
    var at = Instant.parse("2030-01-01T00:00:00Z");
    return Stream.of(
        new SupervisorView(
            List.of(
                new SlotView(agent, new SlotView.Up(), jvm, 1, "killed (signal 9)"),
                new SlotView(agent, new SlotView.Restarting(at), SlotView.Jvm.NONE, 0, null))),
        new AgentSlot.Ended(worker, "killed (signal 9)"),
        new AgentSlot.Stop(),
        new Machine.HostFailed(worker, name, "no such class", false),
        new Machine.Launch(agent, KIT.system().deadLetters()),
        new Machine.Launch(
            new DesiredAgent(
                name,
                SupervisorFixture.RESEARCHER.withCode(
                    new AgentCode(
                        "com.acme.Agent",
                        List.of(
                            new AgentCode.Part("00-a.jar", false, ArtifactRef.of(new byte[9])),
                            new AgentCode.Part("01-classes", true, null)),
                        "ab12")),
                Isolation.PROCESS),
            KIT.system().deadLetters()),
        new Machine.Welcome(KIT.system().deadLetters()),
        new AgentSlot.Accepted(worker, KIT.system().deadLetters(), "10.0.0.1:25520"),
        new Supervisor.Announce(
            "10.0.0.1:25520",
            KIT.system().deadLetters(),
            Offers.NONE,
            2,
            Set.of(name),
            true,
            KIT.system().deadLetters()),
        new Supervisor.Announce(
            "10.0.0.1:25520", KIT.system().deadLetters(), Offers.NONE, 0, Set.of(), false, null),
        new MachinesView(
            List.of(new MachinesView.MachineView("10.0.0.1:25520", Offers.NONE, 2, true))),
        new Machine.Drain(worker, name),
        new Machine.Drained(worker, name),
        new Machine.Kill(worker, "restarted by a person"),
        new Supervisor.Restart(name, KIT.system().deadLetters()),
        new Supervisor.RestartReply(true),
        new AgentSlot.Restart(),
        new Worker.Drain(name),
        new Worker.Shutdown());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void crossesJvmsUnchanged(Object message) {
    KIT.serializationTestKit().verifySerialization(message, true);
  }
}
