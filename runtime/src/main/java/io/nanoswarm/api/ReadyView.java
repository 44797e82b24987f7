package io.nanoswarm.api;

import java.util.List;

/**
 * Whether a node can do what it is there for.
 *
 * @param reasons for people: why it cannot; empty if it can
 */
public record ReadyView(boolean ready, List<String> reasons) {
  public ReadyView {
    reasons = List.copyOf(reasons);
  }
}
