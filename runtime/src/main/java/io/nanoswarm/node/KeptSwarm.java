package io.nanoswarm.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nanoswarm.agent.AgentCode;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.store.SessionRows;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a session's swarm, as an artifact.
 *
 * @param copies of its code, null if there are none
 */
record KeptSwarm(SwarmDefinition definition, @Nullable Copies copies) {

  /** Code as it was when the swarm was taken in. */
  record Copies(String version, List<AgentCode.Part> parts) {
    Copies {
      parts = List.copyOf(parts);
    }
  }

  /** Without copies, nothing but the definition. */
  byte[] toJson() {
    try {
      var mapper = ApiJson.mapper();
      if (copies == null) {
        return mapper.writeValueAsBytes(definition);
      }
      ObjectNode all = mapper.createObjectNode();
      all.set(SessionRows.COPIES, mapper.valueToTree(copies));
      all.setAll(mapper.<ObjectNode>valueToTree(definition));
      return mapper.writeValueAsBytes(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a definition has no JSON form", e);
    }
  }

  static KeptSwarm of(byte[] json) throws IOException {
    JsonNode all = ApiJson.mapper().readTree(json);
    var copies = all.get(SessionRows.COPIES);
    return new KeptSwarm(
        ApiJson.mapper().treeToValue(all, SwarmDefinition.class),
        copies == null ? null : ApiJson.mapper().treeToValue(copies, Copies.class));
  }
}
