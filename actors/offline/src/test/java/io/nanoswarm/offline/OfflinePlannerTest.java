package io.nanoswarm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.ArtifactsAway;
import io.nanoswarm.planner.PlannerUnavailable;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of a plan where the list of files cannot be read. */
class OfflinePlannerTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final Workspace WORKSPACE =
      new Workspace("/work", new ArtifactRef("0".repeat(64), 1), 1, 1);

  private record Failing(IOException why) implements ArtifactStore {
    @Override
    public ArtifactRef put(byte[] content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] get(ArtifactRef ref) throws IOException {
      throw why;
    }
  }

  @Test
  void where_artifacts_are_away_no_plan_can_be_made_for_now() {
    assertThat(plan(new ArtifactsAway("the database is away", new IOException("no route"))))
        .failsWithin(WITHIN)
        .withThrowableThat()
        .withCauseInstanceOf(PlannerUnavailable.class)
        .withMessageContaining("the database is away");
  }

  @Test
  void where_the_list_of_files_is_lost_no_plan_can_be_made_at_all() {
    assertThat(plan(new IOException("artifact 0 is not kept here")))
        .failsWithin(WITHIN)
        .withThrowableThat()
        .withCauseInstanceOf(UncheckedIOException.class)
        .withMessageContaining(
            "the list of files in /work cannot be read: artifact 0 is not kept here; open the"
                + " session anew");
  }

  private static CompletableFuture<?> plan(IOException why) {
    return new OfflinePlanner(new Failing(why), Runnable::run)
        .plan(new SessionId("planned"), new Goal("goal"), WORKSPACE)
        .toCompletableFuture();
  }
}
