package io.nanoswarm.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.AnswerDepth;
import io.nanoswarm.api.AnswerRequest;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.AskRequest;
import io.nanoswarm.api.BackupRequest;
import io.nanoswarm.api.BackupView;
import io.nanoswarm.api.CancelRequest;
import io.nanoswarm.api.DeadTask;
import io.nanoswarm.api.Deleted;
import io.nanoswarm.api.DeletionRequest;
import io.nanoswarm.api.DiscardRequest;
import io.nanoswarm.api.EntryView;
import io.nanoswarm.api.FollowUpView;
import io.nanoswarm.api.Health;
import io.nanoswarm.api.NodesView;
import io.nanoswarm.api.Opened;
import io.nanoswarm.api.OverviewView;
import io.nanoswarm.api.PlanView;
import io.nanoswarm.api.PriorityRequest;
import io.nanoswarm.api.ReloadView;
import io.nanoswarm.api.RetryRequest;
import io.nanoswarm.api.SessionPriority;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.definition.SwarmDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a running node offers, as method calls that block the calling thread.
 *
 * <p>Each throws {@link Refused} if the node says no, {@link NodeGone} if it does not answer, and
 * {@link Interrupted} if the thread is interrupted meanwhile. Safe for several threads; needs no
 * closing.
 */
public final class EndpointClient {
  private static final Duration HEALTH = Duration.ofSeconds(5);

  /** Longer than the node asks its swarm before it answers without what was silent. */
  private static final Duration OVERVIEW = Duration.ofSeconds(10);

  /** A node that lives says so every five seconds, if nothing else. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final Requests requests;
  private final Duration silence;

  public EndpointClient(Endpoint endpoint) {
    this(endpoint, SILENCE);
  }

  EndpointClient(Endpoint endpoint, Duration silence) {
    requests = new Requests(endpoint);
    this.silence = silence;
  }

  /** Answers within five seconds, or the node counts as gone. */
  public Health health() {
    return read(requests.get("/v1/health", HEALTH), new TypeReference<>() {});
  }

  public PlanView plan(SessionRequest request) {
    return read(requests.post("/v1/plans", request), new TypeReference<>() {});
  }

  /** Opens a session; it is stored when this returns. */
  public String open(SessionRequest request) {
    return open(request, null);
  }

  /**
   * Opens a session, as {@link #open(SessionRequest)}.
   *
   * @param traceparent the span that it is called from, as the header of the W3C; null for none
   */
  public String open(SessionRequest request, @Nullable String traceparent) {
    return read(requests.post("/v1/sessions", request, traceparent), new TypeReference<Opened>() {})
        .id();
  }

  public List<SessionSummary> sessions() {
    return read(requests.get("/v1/sessions"), new TypeReference<>() {});
  }

  public SessionView session(String id) {
    return read(requests.get("/v1/sessions/" + id), new TypeReference<>() {});
  }

  /**
   * Tells the listener, on the calling thread, of everything that happens in a session, from where
   * it stands now to its end. A broken connection is taken up again where it broke. A node that
   * gives no sign of life but keeps the connection is waited for, and the listener is told.
   *
   * @return the session as it ended
   * @throws NodeGone when the node does not come back
   */
  public SessionView follow(String id, SessionListener listener) {
    return follow(id, 1, listener);
  }

  /**
   * The same to the end of a question that has been asked.
   *
   * @param question its number: the end of an earlier one, of which a node may still tell that has
   *     not yet heard of this, is not the end
   */
  public SessionView follow(String id, int question, SessionListener listener) {
    return new EventStream(requests, "/v1/sessions/" + id + "/events", this::health, silence)
        .follow(question, listener);
  }

  public List<EntryView> blackboard(String id) {
    return read(requests.get("/v1/sessions/" + id + "/blackboard"), new TypeReference<>() {});
  }

  /** The answer to its latest question in Markdown, if there is one, in its short form. */
  public Optional<String> answer(String id) {
    return answer(id, AnswerDepth.BRIEF);
  }

  /** The answer to its latest question in Markdown, if there is one. */
  public Optional<String> answer(String id, AnswerDepth depth) {
    try {
      return Optional.of(
          requests.get("/v1/sessions/%s/answer?depth=%s".formatted(id, depth.word())));
    } catch (Refused e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Answers what a task asks; the answer is stored when this returns. */
  public void answer(String id, SessionView.QuestionView question, String text) {
    requests.post(
        "/v1/sessions/" + id + "/answers",
        new AnswerRequest(question.task(), question.asked(), text));
  }

  /**
   * Asks a session that is over a further question; it is stored when this returns.
   *
   * @param timeoutSeconds from now to the session's end, null for none
   */
  public FollowUpView ask(String id, String question, @Nullable Long timeoutSeconds) {
    return read(
        requests.post("/v1/sessions/" + id + "/ask", new AskRequest(question, timeoutSeconds)),
        new TypeReference<>() {});
  }

  /** The session is over soon after this returns. */
  public void cancel(String id, String reason) {
    requests.post("/v1/sessions/" + id + "/cancel", new CancelRequest(reason));
  }

  /** Tasks that have ended badly, of all sessions, without those that were discarded. */
  public List<DeadTask> dead() {
    return read(requests.get("/v1/dead"), new TypeReference<>() {});
  }

  /**
   * Has tasks done anew that have ended badly, and what came after them, and the session driven.
   *
   * @param tasks their names; empty for all
   */
  public void retry(String id, List<String> tasks) {
    requests.post("/v1/sessions/" + id + "/retry", new RetryRequest(tasks));
  }

  /** Gives a task up, or has it listed no more. */
  public void discard(String id, String task, String reason) {
    requests.post("/v1/sessions/" + id + "/discard", new DiscardRequest(task, reason));
  }

  /** Deletes all that is kept of sessions that are over; all of them, or none. */
  public Deleted delete(List<String> ids) {
    return read(requests.post("/v1/deletions", new DeletionRequest(ids)), new TypeReference<>() {});
  }

  /**
   * Copies the node's data folder.
   *
   * @param file where to, absolute, on the node's machine; it must not exist
   */
  public BackupView backup(String file) {
    return read(requests.post("/v1/backups", new BackupRequest(file)), new TypeReference<>() {});
  }

  /** Has the node drive an unfinished session; one that runs already just goes on. */
  public void resume(String id) {
    requests.post("/v1/sessions/" + id + "/resume", null);
  }

  /** Has nothing of a session begun, from when this returns until it is unpaused. */
  public SessionView pause(String id) {
    return read(requests.post("/v1/sessions/" + id + "/pause", null), new TypeReference<>() {});
  }

  /** Lets a session go on that a person has paused. */
  public SessionView unpause(String id) {
    return read(requests.post("/v1/sessions/" + id + "/unpause", null), new TypeReference<>() {});
  }

  /** Makes a session more or less urgent than others. */
  public SessionView prioritise(String id, SessionPriority priority) {
    return read(
        requests.post("/v1/sessions/" + id + "/priority", new PriorityRequest(priority.word())),
        new TypeReference<>() {});
  }

  public AgentsView agents() {
    return read(requests.get("/v1/agents"), new TypeReference<>() {});
  }

  /** The whole swarm at a glance. A node that does not answer in time counts as gone. */
  public OverviewView overview() {
    return read(requests.get("/v1/overview", OVERVIEW), new TypeReference<>() {});
  }

  /** The nodes of the cluster. */
  public NodesView nodes() {
    return read(requests.get("/v1/nodes"), new TypeReference<>() {});
  }

  /** Has the agents of a node replaced elsewhere; it takes no others. */
  public NodesView drain(String node) {
    return read(requests.post("/v1/nodes/" + node + "/drain", null), new TypeReference<>() {});
  }

  /** Kills an agent's JVM, whatever it works on; another one is started. */
  public void restart(String agent) {
    requests.post("/v1/agents/" + agent + "/restart", null);
  }

  /** Has the running agents of the swarm's roles replaced where they are not as it says. */
  public ReloadView reload(SwarmDefinition swarm) {
    return read(requests.post("/v1/agents/reload", swarm), new TypeReference<>() {});
  }

  private static <T> T read(String body, TypeReference<T> type) {
    try {
      return ApiJson.mapper().readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "the node's answer is not understood: " + e.getOriginalMessage(), e);
    }
  }
}
