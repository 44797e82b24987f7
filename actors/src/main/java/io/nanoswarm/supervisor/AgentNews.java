package io.nanoswarm.supervisor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.nanoswarm.agent.AgentEvent;
import io.nanoswarm.bus.MessageBus;

/** Tells of agents that come and go, to whoever listens; at most once. */
record AgentNews(MessageBus bus) {
  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build()
          .writerFor(AgentEvent.class);

  void tell(AgentEvent event) {
    try {
      var _ = bus.publish(AgentEvent.CHANNEL, JSON.writeValueAsString(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("agent event cannot be written: " + event, e);
    }
  }
}
