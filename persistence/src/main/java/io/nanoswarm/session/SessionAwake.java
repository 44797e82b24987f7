package io.nanoswarm.session;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.eventstream.EventStream;

/**
 * A traced session is worked on from this node, for whoever follows it: it was opened, has come
 * here, was restarted, or goes on after its end. A session publishes it on the event stream of its
 * node, after what led to it is stored; what nobody listens to is lost.
 *
 * @param entity works on it: a session that moves to another node stops here, without another word
 */
public record SessionAwake(
    SessionId session, SessionTrace trace, ActorRef<Session.Command> entity) {

  static void publish(ActorSystem<?> system, SessionState state, ActorRef<Session.Command> entity) {
    if (state instanceof SessionState.Active active && active.opening().trace() != null) {
      var id = active.opening().session();
      var awake = new SessionAwake(id, new SessionTrace(id, active.opening().trace()), entity);
      system.eventStream().tell(new EventStream.Publish<>(awake));
    }
  }
}
