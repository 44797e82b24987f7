package io.nanoswarm.session;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What log lines name besides their text, as fields of SLF4J's mapped diagnostic context: the names
 * are part of what users of the logs rely on.
 */
public final class LogFields {
  public static final String SESSION = "session";
  public static final String TASK = "task";
  public static final String ATTEMPT = "attempt";
  public static final String AGENT = "agent";
  public static final String TRACE = "trace_id";

  private LogFields() {}

  public static Map<String, String> of(SessionId session) {
    return Map.of(SESSION, session.value());
  }

  public static Map<String, String> of(AgentName agent) {
    return Map.of(AGENT, agent.value());
  }

  /** Of an attempt, named by its fence; the task without its session. */
  public static Map<String, String> of(AgentName agent, TaskId task, Fence fence) {
    var fields = new LinkedHashMap<String, String>();
    fields.put(SESSION, task.session().value());
    fields.put(TASK, task.name());
    fields.put(ATTEMPT, fence.toString());
    fields.put(AGENT, agent.value());
    return fields;
  }
}
