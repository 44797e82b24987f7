package io.nanoswarm.agent;

import io.nanoswarm.agent.HostPhase.Beginning;
import io.nanoswarm.agent.HostPhase.Cancelling;
import io.nanoswarm.agent.HostPhase.Ending;
import io.nanoswarm.agent.HostPhase.Gathering;
import io.nanoswarm.agent.HostPhase.Idle;
import io.nanoswarm.agent.HostPhase.Working;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.TaskId;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** What a host asks of the queue of its role and of sessions. */
final class HostRequests {
  private final Gate gate;
  private final Who who;
  private final Replies replies;

  /** Who asks. */
  record Who(AgentName name, AgentRole role, WorkerId worker) {}

  /** Where answers go. */
  record Replies(
      ActorRef<TaskQueue.Match> matches,
      ActorRef<TaskQueue.Unclaimed> unclaims,
      ActorRef<Session.BeginReply> beginnings,
      ActorRef<Session.AttemptReply> answers,
      ActorRef<Session.AttemptCancelled> cancellations) {

    static Replies to(ActorContext<AgentHost.Command> host) {
      return new Replies(
          host.messageAdapter(TaskQueue.Match.class, AgentHost.Matched::new),
          host.messageAdapter(
              TaskQueue.Unclaimed.class, answer -> new AgentHost.Unclaimed(answer.claimId())),
          host.messageAdapter(Session.BeginReply.class, AgentHost.BeginAnswered::new),
          host.messageAdapter(Session.AttemptReply.class, AgentHost.RequestAnswered::new),
          host.messageAdapter(
              Session.AttemptCancelled.class,
              over -> new AgentHost.Over(new AttemptId(over.task(), over.fence()), over.reason())));
    }
  }

  HostRequests(Gate gate, Who who, Replies replies) {
    this.gate = gate;
    this.who = who;
    this.replies = replies;
  }

  /** Sends what a phase waits for an answer to. */
  void send(HostPhase phase, Offers offers) {
    switch (phase) {
      case Idle(var claim) -> claim(claim, offers);
      case Beginning(var task) -> begin(task, 0);
      case Gathering(var task, var sofar, var next) ->
          gate.tellSession(
              task.session(),
              new Session.GetResults(task, sofar.fence(), next, replies.beginnings()));
      case Ending(var attempt, var request, _) -> send(attempt, request);
      case Working _, Cancelling _ -> {}
    }
  }

  void claim(long claimId, Offers offers) {
    gate.tellQueue(
        who.role(),
        new TaskQueue.Claim(
            claimId,
            who.name(),
            who.worker(),
            offers,
            replies.matches(),
            replies.cancellations(),
            replies.beginnings()));
  }

  /**
   * @param claim that a match was for, if the answer is to meet it; else 0
   */
  void begin(TaskId task, long claim) {
    gate.tellSession(
        task.session(),
        new Session.Begin(
            task, who.name(), who.worker(), claim, replies.cancellations(), replies.beginnings()));
  }

  private void send(TaskId task, Fence fence, AttemptRequest request) {
    gate.tellSession(
        task.session(), new Session.OfAttempt(task, fence, request, replies.answers()));
  }

  /** Of an attempt that goes on if its session has moved. */
  void send(HostPhase.Attempt attempt, AttemptRequest request) {
    var holder =
        new Session.Holder(
            who.name(), who.worker(), attempt.assignment().deadline(), replies.cancellations());
    gate.tellSession(
        attempt.task().session(),
        new Session.OfAttempt(attempt.task(), attempt.fence(), request, holder, replies.answers()));
  }

  /** Gives back what was granted. */
  void release(TaskId task, Fence fence, String why) {
    send(task, fence, new AttemptRequest.Release(why));
  }

  /**
   * The host takes no more tasks.
   *
   * @param claimId the latest claim
   */
  void unclaim(long claimId) {
    gate.tellQueue(
        who.role(), new TaskQueue.Unclaim(who.name(), who.worker(), claimId, replies.unclaims()));
  }
}
