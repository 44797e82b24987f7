package io.nanoswarm.skill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nanoswarm.session.Need;
import java.util.List;
import org.junit.jupiter.api.Test;

class SkillSummaryTest {
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  @Test
  void every_skill_has_a_line_and_what_is_always_to_be_known_follows() {
    var plain = new SkillCard(new SkillName("exec"), "Runs\n commands.", NOTHING, List.of());
    var need = new Need("bin:gh");
    var lacking =
        new SkillCard(new SkillName("gh"), "", NOTHING, List.of(need), List.of(need), "never told");
    var always =
        new SkillCard(new SkillName("my"), "Mine.", NOTHING, List.of(), List.of(), "Know this.\n");

    assertThat(SkillSummary.of(List.of(plain, lacking, always)))
        .isEqualTo(
            """
            - **exec** — Runs commands.
            - **gh** — gh (unavailable here: needs bin:gh)
            - **my** — Mine.

            ### Skill: my

            Know this.\
            """);
  }
}
