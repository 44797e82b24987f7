package io.nanoswarm.supervisor;

import static io.nanoswarm.supervisor.SupervisorFixture.RESEARCHER;
import static io.nanoswarm.supervisor.SupervisorFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.placement.Placed;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Need;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.cluster.typed.Down;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogCapturingExtension.class)
class SupervisorTest {
  private final SupervisorFixture tree = new SupervisorFixture(2);

  @AfterEach
  void close() {
    tree.close();
  }

  @Test
  void ensuringTwiceIsEnsuringOnce() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    var reply = (Supervisor.Ensured) tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    assertThat(reply.agents()).containsExactly(new AgentName("researcher-1"));
    tree.bringUp(tree.launcher.next(), 1);
    tree.await(0, SlotView.Up.class);
    assertThat(tree.launcher.none()).isTrue();
  }

  @Test
  void anAgentThatNeedsWhatNoNodeOffersIsNotStarted() {
    tree.ensure(spec("researcher").withNeeds(List.of(new Need("bin:gh"))), 1, Isolation.PROCESS);

    assertThat(tree.await(0, SlotView.GaveUp.class).lastDeath())
        .isEqualTo("no node offers gh; 1 node up");
    assertThat(tree.launcher.none()).isTrue();
  }

  @Test
  void anAgentWhoseNeedsAreMetIsStarted() throws InterruptedException {
    tree.ensure(spec("researcher").withNeeds(List.of(new Need("bin:jq"))), 1, Isolation.PROCESS);

    tree.bringUp(tree.launcher.next(), 1);

    tree.await(0, SlotView.Up.class);
  }

  @Test
  void whatATaskAndItsRoleNeedIsLookedForTogether() {
    tree.ensure(spec("researcher").withNeeds(List.of(new Need("bin:jq"))), 1, Isolation.PROCESS);
    var placed = tree.kit.<Placed>createTestProbe();

    tree.supervisor.tell(
        new Supervisor.Place(
            new AgentRole("researcher"), List.of(new Need("bin:gh")), placed.ref()));

    assertThat(placed.receiveMessage())
        .isEqualTo(
            new Placed(
                List.of(new Need("bin:gh"), new Need("bin:jq")), List.of(new Need("bin:gh")), 1));
  }

  @Test
  void refusesMoreAgentsThanAllowed() {
    var reply = tree.ensure(RESEARCHER, 101, Isolation.PROCESS);
    assertThat(reply).isInstanceOf(Supervisor.Refused.class);
    tree.await(view -> view.slots().isEmpty());
  }

  @Test
  void aDeadJvmIsToldToClusterQueueAndListenersAndStartedAgain() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    var first = tree.launcher.next();
    tree.bringUp(first, 1);
    tree.await(0, SlotView.Up.class);
    assertThat(tree.news.receiveMessage()).contains("\"event\":\"up\"", "\"pid\":" + first.pid());

    first.end(137);

    var restarting = tree.await(0, SlotView.Restarting.class);
    assertThat(restarting.lastDeath()).isEqualTo("killed (signal 9)");
    assertThat(tree.cluster.expectMessageClass(Down.class).address())
        .isEqualTo(SupervisorFixture.address(first));
    var told = tree.queues.receiveMessage();
    assertThat(told.entityId()).isEqualTo("researcher");
    assertThat(told.message())
        .isEqualTo(new TaskQueue.HostGone(new AgentName("researcher-1"), first.order().worker()));
    assertThat(tree.news.receiveMessage()).contains("\"event\":\"down\"", "\"restarting\":true");

    tree.pass(Duration.ofSeconds(1));
    var second = tree.launcher.next();
    tree.bringUp(second, 1);
    var up = tree.await(0, SlotView.Up.class);
    assertThat(up.restarts()).isEqualTo(1);
    assertThat(second.order().worker()).isNotEqualTo(first.order().worker());
  }

  @Test
  void anAgentThatAPersonRestartsIsKilledAndStartedAgain() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    var first = tree.launcher.next();
    tree.bringUp(first, 1);
    tree.await(0, SlotView.Up.class);

    assertThat(restart("researcher-1").known()).isTrue();

    assertThat(tree.await(0, SlotView.Restarting.class).lastDeath())
        .isEqualTo("restarted by a person");
    assertThat(first.onExit().toCompletableFuture()).isCompleted();
    tree.pass(Duration.ofSeconds(1));
    tree.bringUp(tree.launcher.next(), 1);
    assertThat(tree.await(0, SlotView.Up.class).restarts()).isEqualTo(1);
  }

  @Test
  void anAgentThatHasGivenUpBeginsAnewWhenAPersonRestartsIt() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    tree.launcher.next().end(3);
    tree.await(0, SlotView.Restarting.class);
    tree.pass(Duration.ofSeconds(1));
    tree.launcher.next().end(3);
    tree.await(0, SlotView.GaveUp.class);

    restart("researcher-1");

    tree.bringUp(tree.launcher.next(), 1);
    tree.await(0, SlotView.Up.class);
  }

  @Test
  void anAgentThatNobodyHasWishedForIsNotRestarted() {
    assertThat(restart("researcher-1").known()).isFalse();
    assertThat(tree.launcher.none()).isTrue();
  }

  private Supervisor.RestartReply restart(String agent) {
    var replies = tree.kit.createTestProbe(Supervisor.RestartReply.class);
    tree.supervisor.tell(new Supervisor.Restart(new AgentName(agent), replies.ref()));
    return replies.receiveMessage();
  }

  @Test
  void givesUpVisiblyAfterTheLimitOfDeaths() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    tree.launcher.next().end(3);
    tree.await(0, SlotView.Restarting.class);
    tree.pass(Duration.ofSeconds(1));
    tree.launcher.next().end(3);
    assertThat(tree.await(0, SlotView.GaveUp.class).lastDeath()).isEqualTo("out of memory");
    tree.pass(Duration.ofHours(1));
    assertThat(tree.launcher.none()).isTrue();
  }

  @Test
  void anAgentThatWasGivenUpStartsAnewWhenItIsWishedForAgain() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    tree.launcher.next().end(3);
    tree.await(0, SlotView.Restarting.class);
    tree.pass(Duration.ofSeconds(1));
    tree.launcher.next().end(3);
    tree.await(0, SlotView.GaveUp.class);

    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);

    var revived = tree.launcher.next();
    tree.bringUp(revived, 1);
    var up = tree.await(0, SlotView.Up.class);
    assertThat(up.restarts()).isZero();
    assertThat(up.lastDeath()).isNull();
    revived.end(3);
    tree.await(0, SlotView.Restarting.class);
  }

  @Test
  void asksForJvmsInTheOrderOfTheWishes() throws InterruptedException {
    tree.ensure(RESEARCHER, 20, Isolation.PROCESS);
    for (int number = 1; number <= 20; number++) {
      var process = tree.launcher.next();
      assertThat(process.order().worker().value()).startsWith("researcher-" + number + "-");
      tree.bringUp(process, 1);
    }
  }

  @Test
  void givesUpAtOnceWhatCannotBeHosted() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    var process = tree.launcher.next();
    tree.hello(process);
    var host = tree.worker.expectMessageClass(Worker.Host.class);
    tree.machine.tell(
        new Machine.HostFailed(process.order().worker(), host.agent(), "no such class", false));
    assertThat(tree.await(0, SlotView.GaveUp.class).lastDeath()).isEqualTo("no such class");
    tree.worker.expectMessageClass(Worker.Shutdown.class);
  }

  @Test
  void aJvmThatIsLateWithItsHelloIsKilled() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    var process = tree.launcher.next();
    tree.await(view -> view.slots().getFirst().jvm().pid() != null);
    tree.pass(Duration.ofSeconds(60));
    assertThat(tree.await(0, SlotView.Restarting.class).lastDeath())
        .isEqualTo("did not join within 60 s");
    assertThat(process.exit()).isCompleted();
  }

  @Test
  void sharedAgentsLiveInOneJvmAndDieTogether() throws InterruptedException {
    tree.ensure(RESEARCHER, 2, Isolation.SHARED);
    var process = tree.launcher.next();
    tree.bringUp(process, 2);
    tree.ensure(RESEARCHER, 3, Isolation.SHARED);
    var third = tree.worker.expectMessageClass(Worker.Host.class);
    tree.machine.tell(new Machine.Hosted(process.order().worker(), third.agent()));
    tree.await(2, SlotView.Up.class);
    assertThat(tree.launcher.none()).isTrue();
    assertThat(process.order().heapMegabytes()).isEqualTo(256);

    process.end(137);

    tree.await(
        view -> view.slots().stream().allMatch(s -> s.state() instanceof SlotView.Restarting));
    tree.cluster.expectMessageClass(Down.class);
    tree.pass(Duration.ofSeconds(1));
    tree.bringUp(tree.launcher.next(), 3);
    tree.await(view -> view.slots().stream().allMatch(s -> s.state() instanceof SlotView.Up));
    assertThat(tree.launcher.none()).isTrue();
    tree.time.expectNoMessageFor(Duration.ofMillis(1), tree.cluster);
  }

  @Test
  void startsFewAtATimeInTheOrderWantedAndEachRoleEarly() throws InterruptedException {
    tree.ensure(RESEARCHER, 3, Isolation.PROCESS);
    tree.ensure(spec("critic"), 1, Isolation.PROCESS);
    var first = tree.launcher.next();
    var second = tree.launcher.next();
    tree.await(view -> view.slots().stream().allMatch(slot -> slot.jvm().worker() != null));
    assertThat(tree.launcher.none()).isTrue();
    assertThat(List.of(first, second))
        .allMatch(process -> process.order().worker().value().startsWith("researcher-"));
    tree.bringUp(first, 1);
    tree.bringUp(second, 1);
    var later = List.of(tree.launcher.next(), tree.launcher.next());
    assertThat(later).anyMatch(process -> process.order().worker().value().startsWith("critic-1-"));
  }

  @Test
  void anotherSpecReplacesAgentsWhichFinishWhatTheyWorkOn() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    var old = tree.launcher.next();
    tree.bringUp(old, 1);
    tree.await(0, SlotView.Up.class);
    tree.news.receiveMessage();

    tree.ensure(RESEARCHER.withInstructions("be brief"), 1, Isolation.PROCESS);

    assertThat(tree.worker.expectMessageClass(Worker.Drain.class).agent())
        .isEqualTo(new AgentName("researcher-1"));
    var next = tree.launcher.next();
    tree.bringUp(next, 1);
    assertThat(tree.await(0, SlotView.Up.class).jvm().pid()).isEqualTo(next.pid());
    assertThat(tree.await(1, SlotView.Draining.class).jvm().pid()).isEqualTo(old.pid());
    assertThat(tree.news.receiveMessage()).contains("\"event\":\"up\"");

    tree.machine.tell(new Machine.Drained(old.order().worker(), new AgentName("researcher-1")));
    tree.worker.expectMessageClass(Worker.Shutdown.class);
    old.end(0);

    assertThat(tree.queues.receiveMessage().message())
        .isEqualTo(new TaskQueue.HostGone(new AgentName("researcher-1"), old.order().worker()));
    var left = tree.await(view -> view.slots().size() == 1).slots().getFirst();
    assertThat(left.jvm().pid()).isEqualTo(next.pid());
    assertThat(left.restarts()).isZero();
    tree.time.expectNoMessageFor(Duration.ofMillis(1), tree.news);
  }

  @Test
  void aDrainIsAskedForAgainUntilItIsDone() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    tree.bringUp(tree.launcher.next(), 1);
    tree.await(0, SlotView.Up.class);
    tree.ensure(RESEARCHER.withInstructions("be brief"), 1, Isolation.PROCESS);
    tree.worker.expectMessageClass(Worker.Drain.class);
    tree.await(1, SlotView.Draining.class);

    tree.pass(Duration.ofSeconds(10));

    tree.worker.expectMessageClass(Worker.Drain.class);
  }

  @Test
  void anAgentThatDiesWhileItIsReplacedIsNotStartedAgain() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    var old = tree.launcher.next();
    tree.bringUp(old, 1);
    tree.await(0, SlotView.Up.class);
    tree.ensure(RESEARCHER.withInstructions("be brief"), 1, Isolation.PROCESS);
    tree.launcher.next();
    tree.await(1, SlotView.Draining.class);

    old.end(137);

    tree.await(view -> view.slots().size() == 1);
    assertThat(tree.queues.receiveMessage().message()).isInstanceOf(TaskQueue.HostGone.class);
    tree.pass(Duration.ofMinutes(1));
    assertThat(tree.launcher.none()).isTrue();
  }

  @Test
  void everyAgentOfTheRoleIsReplacedAlsoBeyondTheNewCount() throws InterruptedException {
    tree.ensure(RESEARCHER, 2, Isolation.PROCESS);
    tree.bringUp(tree.launcher.next(), 1);
    tree.bringUp(tree.launcher.next(), 1);
    tree.await(1, SlotView.Up.class);

    tree.ensure(RESEARCHER.withInstructions("be brief"), 1, Isolation.PROCESS);

    tree.worker.expectMessageClass(Worker.Drain.class);
    tree.worker.expectMessageClass(Worker.Drain.class);
    tree.await(view -> view.slots().size() == 4);
  }

  @Test
  void anAgentThatWasGivenUpIsReplacedAtOnce() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    var process = tree.launcher.next();
    tree.hello(process);
    var host = tree.worker.expectMessageClass(Worker.Host.class);
    tree.machine.tell(
        new Machine.HostFailed(process.order().worker(), host.agent(), "no such class", false));
    tree.await(0, SlotView.GaveUp.class);

    tree.ensure(RESEARCHER.withInstructions("be brief"), 1, Isolation.PROCESS);

    tree.launcher.next();
    assertThat(tree.await(view -> view.slots().size() == 1).slots().getFirst().state())
        .isInstanceOf(SlotView.Starting.class);
  }

  @Test
  void replacedAgentsOfASharedJvmGoIntoANewOne() throws InterruptedException {
    tree.ensure(RESEARCHER, 2, Isolation.SHARED);
    var old = tree.launcher.next();
    tree.bringUp(old, 2);
    tree.await(1, SlotView.Up.class);

    tree.ensure(RESEARCHER.withInstructions("be brief"), 2, Isolation.SHARED);

    tree.worker.expectMessageClass(Worker.Drain.class);
    tree.worker.expectMessageClass(Worker.Drain.class);
    tree.bringUp(tree.launcher.next(), 2);
    tree.await(0, SlotView.Up.class);
    for (var name : List.of("researcher-1", "researcher-2")) {
      tree.machine.tell(new Machine.Drained(old.order().worker(), new AgentName(name)));
    }
    old.end(0);
    tree.await(view -> view.slots().size() == 2);
    assertThat(tree.launcher.none()).isTrue();
  }

  @Test
  void stopsAllInOrder() throws InterruptedException {
    tree.ensure(RESEARCHER, 4, Isolation.PROCESS);
    var up = tree.launcher.next();
    var starting = tree.launcher.next();
    tree.bringUp(up, 1);
    tree.await(view -> view.slots().stream().anyMatch(s -> s.state() instanceof SlotView.Up));
    var stopped = tree.kit.createTestProbe(Supervisor.Stopped.class);

    tree.supervisor.tell(new Supervisor.StopAll(stopped.ref()));

    tree.worker.expectMessageClass(Worker.Shutdown.class);
    assertThat(starting.exit().join().code()).isEqualTo(137);
    up.end(0);
    stopped.receiveMessage();
    tree.queues.receiveMessage();
    stopped.expectTerminated(tree.supervisor);
  }

  @Test
  void aWorkerThatDoesNotStopIsKilled() throws InterruptedException {
    tree.ensure(RESEARCHER, 1, Isolation.PROCESS);
    var process = tree.launcher.next();
    tree.bringUp(process, 1);
    tree.await(0, SlotView.Up.class);
    var stopped = tree.kit.createTestProbe(Supervisor.Stopped.class);
    tree.supervisor.tell(new Supervisor.StopAll(stopped.ref()));
    tree.worker.expectMessageClass(Worker.Shutdown.class);
    tree.pass(Duration.ofSeconds(15));
    stopped.receiveMessage();
    assertThat(process.exit().join().code()).isEqualTo(137);
  }
}
