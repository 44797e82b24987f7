package io.nanoswarm.channel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Facts of one channel, in journal order. The {@code name}s are on disk: never change one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes(
    @JsonSubTypes.Type(
        value = DurableChannelEvent.MessagePublished.class,
        name = "message-published"))
public sealed interface DurableChannelEvent {

  /**
   * A message was published.
   *
   * @param offset one more than that of the message before
   * @param oldest the first offset that is kept from now on
   */
  record MessagePublished(long offset, String text, long oldest) implements DurableChannelEvent {}
}
