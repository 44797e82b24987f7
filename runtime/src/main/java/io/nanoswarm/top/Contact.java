package io.nanoswarm.top;

import io.nanoswarm.api.OverviewView;
import io.nanoswarm.client.Endpoint;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.UserError;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The node that is asked: the one that answered last, and another one when that is gone.
 *
 * <p>Safe for several threads.
 */
public final class Contact {
  private final Supplier<Optional<Endpoint>> find;
  private @Nullable Link link;

  private record Link(Endpoint endpoint, EndpointClient client) {}

  /** What a node says of its swarm. */
  record Heard(String where, OverviewView overview) {}

  /**
   * @param find a node that answers, if one does; asked whenever the one before is gone
   */
  public Contact(Supplier<Optional<Endpoint>> find) {
    this.find = find;
  }

  /**
   * Asks at once.
   *
   * @throws NodeGone if the node does not answer: the next request looks for another one
   * @throws UserError if there is none, or it says no
   */
  Heard ask() {
    var now = link();
    try {
      return new Heard(now.endpoint().toString(), now.client().overview());
    } catch (NodeGone e) {
      drop(now);
      throw e;
    }
  }

  /**
   * Has it done, and says what was.
   *
   * @throws NodeGone if the node does not answer: whether it was done is not known then
   * @throws UserError if it says no
   */
  String perform(Act act) {
    var now = link();
    try {
      return perform(act, now.client());
    } catch (NodeGone e) {
      drop(now);
      throw e;
    }
  }

  private static String perform(Act act, EndpointClient client) {
    return switch (act) {
      case Act.Cancel(var session) -> {
        client.cancel(session, "cancelled by the user");
        yield "cancelled session " + session;
      }
      case Act.Resume(var session) -> {
        client.resume(session);
        yield "resumed session " + session;
      }
      case Act.Pause(var session) -> {
        var _ = client.pause(session);
        yield "paused session %s: what runs goes on".formatted(session);
      }
      case Act.Unpause(var session) -> {
        var _ = client.unpause(session);
        yield "unpaused session " + session;
      }
      case Act.Prioritise(var session, var priority) -> {
        var _ = client.prioritise(session, priority);
        yield "session %s has priority %s".formatted(session, priority.word());
      }
      case Act.Drain(var node) -> {
        var _ = client.drain(node);
        yield node + " drains: its agents are replaced elsewhere";
      }
      case Act.Kill(var agent) -> {
        client.restart(agent);
        yield "killed the JVM of " + agent;
      }
      case Act.Answer(var session, var question, var text) -> {
        client.answer(session, question, text);
        yield "answered %s of session %s".formatted(question.task(), session);
      }
    };
  }

  private synchronized Link link() {
    var known = link;
    if (known != null) {
      return known;
    }
    var endpoint =
        find.get().orElseThrow(() -> new UserError(ExitCode.ENVIRONMENT, "no node answers", null));
    var found = new Link(endpoint, new EndpointClient(endpoint));
    link = found;
    return found;
  }

  private synchronized void drop(Link gone) {
    if (gone.equals(link)) {
      link = null;
    }
  }
}
