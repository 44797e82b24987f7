package io.nanoswarm.testkit;

import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what was said on a channel. */
public final class ChannelAssert extends AbstractAssert<ChannelAssert, ChannelLog> {
  ChannelAssert(ChannelLog log) {
    super(log, ChannelAssert.class);
  }

  /** These and no others, in this order. */
  public ChannelAssert said(String... texts) {
    isNotNull();
    if (!actual.texts().equals(List.of(texts))) {
      throw failureWithActualExpected(
          actual.texts(),
          List.of(texts),
          "said on %s: %s (expected: %s)",
          actual.channel().name(),
          actual.texts(),
          List.of(texts));
    }
    return this;
  }
}
