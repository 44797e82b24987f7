package io.nanoswarm.directory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nanoswarm.session.SessionId;
import java.time.Instant;

/** Facts of the directory, in journal order. The {@code name}s are on disk: never change one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = DirectoryEvent.SessionListed.class, name = "session-listed"),
  @JsonSubTypes.Type(value = DirectoryEvent.SessionEnded.class, name = "session-ended"),
  @JsonSubTypes.Type(value = DirectoryEvent.SessionReopened.class, name = "session-reopened"),
  @JsonSubTypes.Type(value = DirectoryEvent.FollowUpNoted.class, name = "follow-up-noted"),
  @JsonSubTypes.Type(value = DirectoryEvent.SessionRemoved.class, name = "session-removed")
})
public sealed interface DirectoryEvent {

  /**
   * @param goal its first 200 characters
   */
  record SessionListed(Instant at, SessionId session, String goal, String workspace)
      implements DirectoryEvent {}

  /**
   * @param ending how, as {@code completed}
   */
  record SessionEnded(Instant at, SessionId session, String ending) implements DirectoryEvent {}

  /** It takes a place to go on although it had ended, or somebody else takes its place over. */
  record SessionReopened(Instant at, SessionId session) implements DirectoryEvent {}

  /**
   * It was asked a further question.
   *
   * @param number of the question, from 2
   * @param goal its first 200 characters
   */
  record FollowUpNoted(Instant at, SessionId session, int number, String goal)
      implements DirectoryEvent {}

  /** Nothing of it is kept any more. */
  record SessionRemoved(Instant at, SessionId session) implements DirectoryEvent {}
}
