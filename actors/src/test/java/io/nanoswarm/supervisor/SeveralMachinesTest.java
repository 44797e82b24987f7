package io.nanoswarm.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.placement.Placed;
import io.nanoswarm.session.Need;
import io.nanoswarm.supervisor.ScriptedLauncher.ScriptedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents on several machines, and supervisors that move. */
class SeveralMachinesTest {
  private static final Offers SPECIAL =
      new Offers(Map.of("special", ""), Map.of(), Set.of(), "linux", 4096, 2, Set.of());
  private static final AgentSpec NEEDY =
      SupervisorFixture.RESEARCHER.withNeeds(List.of(new Need("bin:special")));

  private final SupervisorFixture swarm = new SupervisorFixture(4);

  @AfterEach
  void close() {
    swarm.close();
  }

  private void awaitMachines(ActorRef<Supervisor.Command> supervisor, int count) {
    TestProbe<MachinesView> seen = swarm.kit.createTestProbe(MachinesView.class);
    seen.awaitAssert(() -> {
      supervisor.tell(new Supervisor.GetMachines(seen.ref()));
      assertThat(seen.receiveMessage().machines()).hasSize(count);
      return true;
    });
  }

  private static List<String> nodes(SupervisorView view) {
    return view.slots().stream().map(slot -> slot.jvm().node()).toList();
  }

  private static boolean allUp(SupervisorView view) {
    return view.slots().stream().allMatch(slot -> slot.state() instanceof SlotView.Up);
  }

  @Test
  void agents_are_spread_over_machines_by_their_load() throws InterruptedException {
    swarm.machine(2);
    awaitMachines(swarm.supervisor, 2);

    swarm.ensure(SupervisorFixture.RESEARCHER, 4, Isolation.PROCESS);

    var view =
        swarm.await(each -> each.slots().stream().allMatch(slot -> slot.jvm().pid() != null));
    assertThat(nodes(view))
        .containsExactly("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:1", "127.0.0.1:2");
  }

  @Test
  void a_supervisor_that_has_moved_takes_over_agents_as_they_run() throws InterruptedException {
    swarm.ensure(SupervisorFixture.RESEARCHER, 1, Isolation.PROCESS);
    ScriptedProcess process = swarm.launcher.next();
    swarm.bringUp(process, 1);
    swarm.await(SeveralMachinesTest::allUp);

    var moved = swarm.moveSupervisor(Set.of("127.0.0.1:1"));
    swarm.ensure(SupervisorFixture.RESEARCHER, 1, Isolation.PROCESS);

    var view = swarm.await(SeveralMachinesTest::allUp);
    assertThat(view.slots().getFirst().jvm().pid()).isEqualTo(process.pid());
    assertThat(view.slots().getFirst().jvm().worker()).isEqualTo(process.order().worker());
    assertThat(swarm.launcher.none()).as("nothing more was started").isTrue();
    awaitMachines(moved, 1);
  }

  @Test
  void what_a_supervisor_that_has_moved_does_not_want_is_ended() throws InterruptedException {
    swarm.ensure(SupervisorFixture.RESEARCHER, 1, Isolation.PROCESS);
    swarm.bringUp(swarm.launcher.next(), 1);
    swarm.await(SeveralMachinesTest::allUp);

    awaitMachines(swarm.moveSupervisor(Set.of()), 1);
    swarm.pass(SupervisorFixture.ADOPT);

    swarm.worker.expectMessage(new Worker.Shutdown());
  }

  @Test
  void an_agent_wished_for_otherwise_finishes_its_work_while_another_starts()
      throws InterruptedException {
    swarm.ensure(SupervisorFixture.RESEARCHER, 1, Isolation.PROCESS);
    swarm.bringUp(swarm.launcher.next(), 1);
    var view = swarm.await(SeveralMachinesTest::allUp);

    swarm.moveSupervisor(Set.of("127.0.0.1:1"));
    swarm.ensure(SupervisorFixture.RESEARCHER.withHeapMegabytes(333), 1, Isolation.PROCESS);

    swarm.worker.expectMessage(new Worker.Drain(view.slots().getFirst().agent().name()));
    assertThat(swarm.launcher.next().order().heapMegabytes()).isEqualTo(333);
  }

  @Test
  void agents_of_a_node_that_is_drained_are_replaced_elsewhere() throws InterruptedException {
    swarm.ensure(SupervisorFixture.RESEARCHER, 1, Isolation.PROCESS);
    swarm.bringUp(swarm.launcher.next(), 1);
    var view = swarm.await(SeveralMachinesTest::allUp);
    swarm.machine(2);
    awaitMachines(swarm.supervisor, 2);

    var seen = swarm.kit.createTestProbe(MachinesView.class);
    swarm.supervisor.tell(new Supervisor.Drain("127.0.0.1:1", seen.ref()));

    assertThat(seen.receiveMessage().machines())
        .extracting(MachinesView.MachineView::leaving)
        .containsExactly(true, false);
    swarm.worker.expectMessage(new Worker.Drain(view.slots().getFirst().agent().name()));
    swarm.launcher.next();
    swarm.await(each -> "127.0.0.1:2".equals(each.slots().getFirst().jvm().node()));
  }

  @Test
  void what_just_a_lost_machine_offers_waits_for_it_to_come_back() throws InterruptedException {
    var special = swarm.machine(2, SPECIAL);
    awaitMachines(swarm.supervisor, 2);
    swarm.ensure(NEEDY, 1, Isolation.PROCESS);
    swarm.launcher.next();
    swarm.await(each -> "127.0.0.1:2".equals(each.slots().getFirst().jvm().node()));

    swarm.kit.stop(special);
    swarm.await(0, SlotView.Restarting.class);
    swarm.pass(Duration.ofSeconds(2));
    swarm.await(0, SlotView.Starting.class);
    place().expectNoMessage();

    swarm.machine(3, SPECIAL);

    awaitStartedOn("127.0.0.1:3");
    assertThat(place().receiveMessage().lacking()).isEmpty();
  }

  @Test
  void what_no_machine_offers_is_refused_when_a_lost_one_has_had_time_to_come_back()
      throws InterruptedException {
    var lost = swarm.machine(2, SPECIAL);
    awaitMachines(swarm.supervisor, 2);
    swarm.kit.stop(lost);
    awaitMachines(swarm.supervisor, 1);
    swarm.pass(Machines.RETURN_WITHIN.minusSeconds(1));
    swarm.ensure(NEEDY, 1, Isolation.PROCESS);
    place().expectNoMessage();
    swarm.await(0, SlotView.Starting.class);

    swarm.pass(Duration.ofSeconds(1));

    assertThat(swarm.await(0, SlotView.GaveUp.class).lastDeath())
        .isEqualTo("no node offers special; 1 node up");
    assertThat(place().receiveMessage().lacking()).containsExactly(new Need("bin:special"));
  }

  @Test
  void where_machines_may_join_a_supervisor_that_starts_waits_for_one_that_offers_what_is_needed()
      throws InterruptedException {
    swarm.startAgain();
    awaitMachines(swarm.supervisor, 1);
    swarm.ensure(NEEDY, 1, Isolation.PROCESS);
    swarm.await(0, SlotView.Starting.class);
    place().expectNoMessage();

    swarm.machine(2, SPECIAL);

    awaitStartedOn("127.0.0.1:2");
  }

  /** While time passes, in which machines are heard again. */
  private void awaitStartedOn(String node) {
    var seen = swarm.kit.createTestProbe(SupervisorView.class);
    seen.awaitAssert(() -> {
      swarm.pass(Duration.ofSeconds(1));
      swarm.supervisor.tell(new Supervisor.GetAgents(seen.ref()));
      assertThat(nodes(seen.receiveMessage())).containsExactly(node);
      return true;
    });
  }

  private TestProbe<Placed> place() {
    TestProbe<Placed> placed = swarm.kit.createTestProbe(Placed.class);
    swarm.supervisor.tell(
        new Supervisor.Place(NEEDY.role(), List.of(new Need("bin:special")), placed.ref()));
    return placed;
  }

  @Test
  void without_a_machine_a_wish_waits_and_is_not_given_up() throws InterruptedException {
    swarm.supervisor.tell(new Supervisor.Drain("127.0.0.1:1", swarm.kit.system().ignoreRef()));
    swarm.ensure(SupervisorFixture.RESEARCHER, 1, Isolation.PROCESS);
    swarm.await(0, SlotView.Starting.class);

    swarm.pass(Duration.ofMinutes(5));
    swarm.machine(2);

    swarm.launcher.next();
    var view = swarm.await(each -> "127.0.0.1:2".equals(each.slots().getFirst().jvm().node()));
    assertThat(view.slots().getFirst().restarts()).isZero();
  }
}
