package io.nanoswarm.api;

import java.util.List;

/**
 * What became of the roles of a swarm that was reloaded.
 *
 * @param replaced their agents go to new JVMs
 * @param unchanged their agents are what the definition says already
 * @param notRunning no agent of theirs runs
 */
public record ReloadView(List<String> replaced, List<String> unchanged, List<String> notRunning) {
  public ReloadView {
    replaced = List.copyOf(replaced);
    unchanged = List.copyOf(unchanged);
    notRunning = List.copyOf(notRunning);
  }
}
