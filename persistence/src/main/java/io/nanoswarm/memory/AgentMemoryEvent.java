package io.nanoswarm.memory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Facts of one agent's memory, in journal order. The {@code name}s are on disk: never change one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AgentMemoryEvent.ValueRemembered.class, name = "value-remembered"),
  @JsonSubTypes.Type(value = AgentMemoryEvent.ValueForgotten.class, name = "value-forgotten")
})
public sealed interface AgentMemoryEvent {

  /** A value stands under its key, in place of any that stood there. */
  record ValueRemembered(String key, String value) implements AgentMemoryEvent {}

  /** Nothing stands under the key any more. */
  record ValueForgotten(String key) implements AgentMemoryEvent {}
}
