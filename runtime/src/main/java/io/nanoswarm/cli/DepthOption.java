package io.nanoswarm.cli;

import io.nanoswarm.api.AnswerDepth;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.UserError;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of what was found an answer tells, where a command prints or writes one. */
final class DepthOption {
  @Option(
      names = "--depth",
      paramLabel = "brief|full",
      completionCandidates = Words.class,
      description =
          "How much the answer tells: what the question needs (the default), or all that was found"
              + " for it, with the lines it stands in.")
  private @Nullable String depth;

  /** What a shell completes. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(AnswerDepth.values()).map(AnswerDepth::word).iterator();
    }
  }

  /** Whether the user said anything. */
  boolean given() {
    return depth != null;
  }

  /**
   * @throws UserError if the word is none
   */
  AnswerDepth chosen() {
    String typed = depth;
    if (typed == null) {
      return AnswerDepth.BRIEF;
    }
    return AnswerDepth.of(typed)
        .orElseThrow(() ->
            UserError.usage(
                "--depth '" + typed + "' is unknown",
                "write "
                    + Arrays.stream(AnswerDepth.values())
                        .map(AnswerDepth::word)
                        .collect(Collectors.joining(" or "))));
  }

  /** The session's answer, as deep as it is wanted; null if there is none. */
  @Nullable String answer(EndpointClient client, String session) {
    return client.answer(session, chosen()).orElse(null);
  }
}
