package io.nanoswarm.metrics;

import io.nanoswarm.api.AgentsView;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.session.SessionSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for one scrape. What did not answer in time is null, and none of its metrics is
 * told.
 *
 * @param at when it was asked
 * @param ready whether the node is
 * @param sessions every one that is listed
 * @param driven those that are driven, whole
 */
public record Reading(
    Instant at,
    boolean ready,
    JournalReading journal,
    List<MemberReading> members,
    @Nullable List<SessionLine> sessions,
    @Nullable List<SessionSnapshot> driven,
    @Nullable AgentsView agents) {

  /**
   * @param took how long a query took, null if it was not answered
   * @param failedWrites since the node started
   * @param failedReads likewise
   */
  public record JournalReading(@Nullable Duration took, long failedWrites, long failedReads) {}

  /**
   * A member of the cluster.
   *
   * @param roles as {@code control}
   * @param status as {@code up}
   */
  public record MemberReading(List<String> roles, String status, boolean reachable) {
    public MemberReading {
      roles = List.copyOf(roles);
    }
  }

  public Reading {
    members = List.copyOf(members);
    sessions = sessions == null ? null : List.copyOf(sessions);
    driven = driven == null ? null : List.copyOf(driven);
  }
}
