package io.nanoswarm.client;

import io.nanoswarm.api.SessionSummary;
import java.util.List;
import java.util.stream.Collectors;

/** A session id as users type it: whole, or as much of its beginning as is unique. */
public final class SessionPrefix {
  private static final int SHOWN = 5;

  private SessionPrefix() {}

  /**
   * @throws UserError if none begins like this, or several do
   */
  public static SessionSummary resolve(String typed, List<SessionSummary> sessions) {
    var prefix = typed.strip();
    var exact = sessions.stream().filter(session -> session.id().equals(prefix)).findFirst();
    if (exact.isPresent()) {
      return exact.get();
    }
    var candidates =
        prefix.isEmpty()
            ? List.<SessionSummary>of()
            : sessions.stream().filter(session -> session.id().startsWith(prefix)).toList();
    return switch (candidates.size()) {
      case 0 -> throw unknown(prefix);
      case 1 -> candidates.getFirst();
      default ->
          throw UserError.usage(
              "session '%s' is ambiguous: %d begin like this".formatted(prefix, candidates.size()),
              "write more of one of these:\n" + list(candidates));
    };
  }

  public static UserError unknown(String typed) {
    return new UserError(
        ExitCode.UNKNOWN_SESSION,
        "no session '%s' in this data folder".formatted(typed),
        "see what there is with `swarm sessions`");
  }

  private static String list(List<SessionSummary> candidates) {
    var lines =
        candidates.stream()
            .limit(SHOWN)
            .map(session -> "  %s  %s".formatted(session.id(), session.goal()))
            .collect(Collectors.joining("\n"));
    var more = candidates.size() - SHOWN;
    return more > 0 ? lines + "\n  … and " + more + " more" : lines;
  }
}
