package io.nanoswarm.offline.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructureEntryTest {
  private static final EntryPath PATH = new EntryPath("designs/structure.md");
  private static final Structure.Place LINE = new Structure.Place("shop/Till.java", 3);
  private static final Structure.Dependency USE =
      new Structure.Dependency("shop", "money", 2, 1, LINE);
  private static final Structure STRUCTURE =
      new Structure(
          3,
          2,
          List.of(
              new Structure.Module("money", "Maven", 1, 0, "", List.of()),
              new Structure.Module("shop", "Maven", 2, 1, "Sells chairs.", List.of(LINE))),
          List.of(USE),
          List.of(new Structure.EntryPoint("Java main", "Till", LINE)),
          List.of(new Structure.Cycle(List.of("a", "b"), 2, USE)),
          List.of(new Structure.Central("money/Price.java", 7, LINE)),
          List.of(
              new Structure.Neighbourhood(
                  "shop/Till.java",
                  List.of(new Structure.Neighbour("money/Price.java", LINE)),
                  2,
                  List.of(),
                  0)),
          new Structure.Omitted(0, 0, 0));

  @Test
  void what_was_posted_is_read_again() {
    Draft draft =
        StructureEntry.draft(
            STRUCTURE, List.of(new Evidence("shop/Till.java", 3, 3, "import money.Price;")), PATH);

    assertThat(StructureEntry.parse(entry(draft))).contains(STRUCTURE);
  }

  @Test
  void people_read_modules_layers_and_neighbours_with_their_places() {
    assertThat(StructureEntry.draft(STRUCTURE, List.of(), PATH).content())
        .contains("| `shop` | 2 | Sells chairs. | money (2) |")
        .contains("```text\nshop\nmoney\n```")
        .contains("uses `money/Price.java` (line 3) and 2 more")
        .contains("**Till** (Java main), `shop/Till.java:3`")
        .contains("`a`, `b` depend on each other")
        .contains("| `money/Price.java` | 7 | `shop/Till.java:3` |");
  }

  @Test
  void entries_of_others_are_none() {
    assertThat(StructureEntry.parse(entry(Draft.of(PATH, "text")))).isEmpty();
    assertThat(
            StructureEntry.parse(
                entry(
                    new Draft(
                        PATH,
                        "text",
                        List.of(),
                        Map.of("kind", "structure", "structure", "{\"files\":")))))
        .isEmpty();
  }

  private static Entry entry(Draft draft) {
    return new Entry(1, draft, new Author.Swarm(), Instant.EPOCH, false);
  }
}
