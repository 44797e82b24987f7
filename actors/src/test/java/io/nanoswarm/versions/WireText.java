package io.nanoswarm.versions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization$;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProvider;

/** What nodes say to each other, as text that can be kept and compared. */
final class WireText {
  private WireText() {}

  /** A message to a line, so that a change shows as one. */
  static String of(ActorSystem<?> system) throws Exception {
    ObjectMapper cbor = mapper(system);
    var json = new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    var lines = new StringBuilder("{");
    String separator = "\n";
    for (var example : new WireExamples(system).all().entrySet()) {
      lines
          .append(separator)
          .append("  \"%s\": ".formatted(example.getKey()))
          .append(
              json.writeValueAsString(
                  inside(system, () -> cbor.readTree(cbor.writeValueAsBytes(example.getValue())))));
      separator = ",\n";
    }
    return lines.append("\n}\n").toString();
  }

  /** What the serializer of messages reads and writes with. */
  static ObjectMapper mapper(ActorSystem<?> system) {
    return JacksonObjectMapperProvider.get(system)
        .getOrCreate("jackson-cbor", Optional.of(new CBORFactory()));
  }

  /** References of actors are written as seen from a system. */
  static <T> T inside(ActorSystem<?> system, Callable<T> act) {
    return Serialization$.MODULE$.withTransportInformation(
        (ExtendedActorSystem) Adapter.toClassic(system),
        () -> {
          try {
            return act.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
