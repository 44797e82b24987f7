package io.nanoswarm.offline.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.question.QuestionKind;
import io.nanoswarm.offline.structure.Structure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
  private static final String REST = "\n_The rest stands in `designs/`._\n";

  @Test
  void what_fits_stands_whole_one_level_deeper() {
    assertThat(of("# Structure\n\n3 files.\n", "# Figures\n").full())
        .isEqualTo("\n## Structure\n\n3 files.\n\n## Figures\n");
  }

  @Test
  void what_has_no_room_is_cut_between_lines_and_says_where_it_stands() {
    String line = "- \u6a21\u5757\u7ed3\u6784 depends on it\n";
    String whole = "# Structure\n\n" + line.repeat(2_000);

    String full = of(whole, "# Figures\n").full();

    assertThat(full.getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(Surroundings.ROOM - 200, Surroundings.ROOM);
    assertThat(full).endsWith(line + REST).doesNotContain("Figures");
  }

  @Test
  void a_fence_that_was_cut_is_closed() {
    String full = of("# Structure\n\n```text\n" + "a   b   c\n".repeat(4_000) + "```\n").full();

    assertThat(full).endsWith("a   b   c\n```\n" + REST);
    assertThat(full.length()).isLessThanOrEqualTo(Surroundings.ROOM);
  }

  @Test
  void files_and_folders_that_one_uses_are_told_by_their_last_names() {
    var at = new Structure.Place("docs/architecture.md", 4);
    var uses =
        List.of(
            new Structure.Neighbour("docs/adr/", at),
            new Structure.Neighbour("docs/glossary.md", at),
            new Structure.Neighbour("README.md", at));
    var around = new Structure.Neighbourhood("docs/architecture.md", uses, 0, List.of(), 0);
    var structure =
        new Structure(
            4,
            1,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(around),
            new Structure.Omitted(0, 0, 0));

    assertThat(
            new Surroundings(Optional.of(structure), Optional.empty(), List.of())
                .brief(QuestionKind.PLACE))
        .contains("`docs/architecture.md` uses `adr/`, `glossary.md`, `README.md`");
  }

  private static Surroundings of(String... whole) {
    return new Surroundings(Optional.empty(), Optional.empty(), List.of(whole));
  }
}
