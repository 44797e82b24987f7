package io.nanoswarm.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.AgentName;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One slot, before a machine that says what the test wants, and of which messages get lost. */
class AgentSlotTest {
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final WorkerId WORKER = new WorkerId("researcher-1-a");
  private static final AgentName AGENT = new AgentName("researcher-1");

  private final SupervisorFixture tree = new SupervisorFixture(2);
  private final TestProbe<Machine.Command> machine = tree.kit.createTestProbe();
  private final TestProbe<Supervisor.Command> supervisor = tree.kit.createTestProbe();
  private final TestProbe<Machines.Command> machines = tree.kit.createTestProbe();
  private final ActorRef<AgentSlot.Command> slot =
      tree.kit.spawn(
          AgentSlot.create(
              new DesiredAgent(AGENT, SupervisorFixture.RESEARCHER, Isolation.PROCESS),
              tree.surroundings(),
              machines.ref(),
              supervisor.ref()));

  @AfterEach
  void stop() {
    tree.close();
  }

  @Test
  void an_end_that_was_lost_on_the_way_is_found_and_the_agent_is_started_again() {
    up();

    tree.pass(PERIOD);
    machine.expectMessage(new Machine.LookAfter(WORKER, AGENT, slot));
    slot.tell(new AgentSlot.Ended(WORKER, "nothing runs for it any more"));

    awaitState(SlotView.Restarting.class);
    tree.pass(Duration.ofSeconds(1));
    assertThat(machines.expectMessageClass(Machines.Launch.class).slot()).isEqualTo(slot);
  }

  @Test
  void that_a_jvm_is_up_is_found_though_nobody_was_told() {
    slot.tell(new AgentSlot.Accepted(WORKER, machine.ref(), "here:1"));
    awaitState(SlotView.Starting.class);

    tree.pass(PERIOD);
    machine.expectMessage(new Machine.LookAfter(WORKER, AGENT, slot));
    slot.tell(new AgentSlot.Started(WORKER, 4711));
    slot.tell(new AgentSlot.Hosted(WORKER, "there:2"));

    assertThat(awaitState(SlotView.Up.class).jvm().pid()).isEqualTo(4711);
  }

  @Test
  void a_stop_that_was_lost_is_said_again() {
    up();
    slot.tell(new AgentSlot.Stop());
    machine.expectMessage(new Machine.Stop(WORKER, AGENT));

    tree.pass(PERIOD);
    machine.expectMessage(new Machine.Stop(WORKER, AGENT));
    machine.expectMessage(new Machine.LookAfter(WORKER, AGENT, slot));
    slot.tell(new AgentSlot.Ended(WORKER, "stopped"));

    awaitState(SlotView.Stopped.class);
    machine.expectTerminated(slot);
  }

  @Test
  void a_machine_says_that_nothing_runs_for_a_slot_whose_jvm_it_does_not_have() {
    var asking = tree.kit.<AgentSlot.Command>createTestProbe();

    tree.machine.tell(new Machine.LookAfter(WORKER, AGENT, asking.ref()));

    asking.expectMessage(new AgentSlot.Ended(WORKER, "nothing runs for it any more"));
  }

  private void up() {
    slot.tell(new AgentSlot.Accepted(WORKER, machine.ref(), "here:1"));
    slot.tell(new AgentSlot.Started(WORKER, 4711));
    slot.tell(new AgentSlot.Hosted(WORKER, "there:2"));
    awaitState(SlotView.Up.class);
  }

  private SlotView awaitState(Class<? extends SlotView.State> state) {
    while (true) {
      var seen = supervisor.expectMessageClass(Supervisor.SlotChanged.class).view();
      if (state.isInstance(seen.state())) {
        return seen;
      }
    }
  }
}
