package io.nanoswarm.memory;

import io.nanoswarm.memory.AgentMemoryEvent.ValueForgotten;
import io.nanoswarm.memory.AgentMemoryEvent.ValueRemembered;
import java.util.HashMap;
import java.util.Map;

/**
 * Pure: what an agent remembers.
 *
 * @param values by key, as many as the settings allow
 */
record AgentMemoryState(Map<String, String> values) {
  static final AgentMemoryState EMPTY = new AgentMemoryState(Map.of());

  AgentMemoryState {
    values = Map.copyOf(values);
  }

  AgentMemoryState apply(AgentMemoryEvent event) {
    return switch (event) {
      case ValueRemembered(var key, var value) -> with(key, value);
      case ValueForgotten(var key) -> without(key);
    };
  }

  private AgentMemoryState with(String key, String value) {
    var changed = new HashMap<>(values);
    changed.put(key, value);
    return new AgentMemoryState(changed);
  }

  /** A fact that does not fit means a corrupt journal: fail recovery loudly. */
  private AgentMemoryState without(String key) {
    var changed = new HashMap<>(values);
    if (changed.remove(key) == null) {
      throw new IllegalStateException("key '%s': absent (expected: a value)".formatted(key));
    }
    return new AgentMemoryState(changed);
  }
}
