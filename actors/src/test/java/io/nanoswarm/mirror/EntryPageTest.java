package io.nanoswarm.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryPageTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Author AGENT =
      new Author.Agent(
          new AgentName("researcher-1"), new TaskId("goal-1/read.access"), new Fence(1, 2));

  @Test
  void a_page_says_who_wrote_it_and_what_it_rests_on() {
    var draft =
        new Draft(
            EntryPath.in(Section.FINDINGS, "rounding"),
            "# Rounding\n\nAmounts are rounded twice.",
            List.of(
                new Evidence("src/Amount.java", 12, 13, "value = round(value);\nreturn value;"),
                new Evidence("README.md", 7, 7, "```java\n")),
            Map.of());

    assertThat(EntryPage.of(new Entry(17, draft, AGENT, AT, false)))
        .isEqualTo(
            """
            > **researcher-1** for task `read.access` · 2026-01-02 03:04:05 UTC · revision 17

            # Rounding

            Amounts are rounded twice.

            ---

            **Evidence**

            `src/Amount.java:12` to 13

            ```
            value = round(value);
            return value;
            ```

            `README.md:7`

            ````
            ```java
            ````
            """);
  }

  @Test
  void a_page_of_an_attempt_that_is_over_says_so() {
    var draft = Draft.of(EntryPath.in(Section.DESIGNS, "plan"), "Half a plan");

    assertThat(EntryPage.of(new Entry(3, draft, AGENT, AT, true)))
        .isEqualTo(
            """
            > **researcher-1** for task `read.access` · 2026-01-02 03:04:05 UTC · revision 3
            >
            > **Unfinished:** the attempt that wrote this ended without settling its task.

            Half a plan
            """);
  }

  @Test
  void a_page_of_the_swarm_names_no_task() {
    var draft = Draft.of(EntryPath.in(Section.CONTEXT, ""), "# Goal");

    assertThat(EntryPage.of(new Entry(1, draft, new Author.Swarm(), AT, false)))
        .startsWith("> **The swarm** · 2026-01-02 03:04:05 UTC · revision 1\n");
  }
}
