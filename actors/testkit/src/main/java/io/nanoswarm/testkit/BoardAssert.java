package io.nanoswarm.testkit;

import io.nanoswarm.blackboard.Entry;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** Assertions on the entries of a blackboard; paths may leave {@code .md} out. */
public final class BoardAssert extends AbstractAssert<BoardAssert, List<Entry>> {
  BoardAssert(List<Entry> entries) {
    super(entries, BoardAssert.class);
  }

  /** A finished entry stands there. */
  public BoardAssert has(String path) {
    var _ = finished(path);
    return this;
  }

  /** A finished entry stands there, with just this content. */
  public BoardAssert has(String path, String content) {
    String actualContent = finished(path).draft().content();
    if (!actualContent.equals(content)) {
      throw failureWithActualExpected(
          actualContent,
          content,
          "content of %s: <%s> (expected: <%s>)",
          path,
          actualContent,
          content);
    }
    return this;
  }

  /** A finished entry stands there, whose content has this text in it. */
  public BoardAssert mentions(String path, String text) {
    String content = finished(path).draft().content();
    if (!content.contains(text)) {
      throw failure("content of %s: <%s> (expected: with <%s> in it)", path, content, text);
    }
    return this;
  }

  /** No finished entry stands there. */
  public BoardAssert lacks(String path) {
    if (at(path).filter(entry -> !entry.unfinished()).isPresent()) {
      throw failure("%s stands on the blackboard (expected: not)", path);
    }
    return this;
  }

  /** What stands there was left by an attempt that did not settle its task. */
  public BoardAssert hasUnfinished(String path) {
    if (at(path).filter(Entry::unfinished).isEmpty()) {
      throw failure("%s: %s (expected: an unfinished entry)", path, at(path).orElse(null));
    }
    return this;
  }

  private Entry finished(String path) {
    isNotNull();
    return at(path)
        .filter(entry -> !entry.unfinished())
        .orElseThrow(() ->
            failure(
                "%s: %s (expected: a finished entry; there are %s)",
                path,
                at(path).map(_ -> "unfinished").orElse("nothing"),
                actual.stream().map(entry -> entry.path().value()).toList()));
  }

  private Optional<Entry> at(String path) {
    String full = path.endsWith(".md") ? path : path + ".md";
    return actual.stream().filter(entry -> entry.path().value().equals(full)).findFirst();
  }
}
