package io.nanoswarm.offline.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresEntryTest {
  private static final EntryPath PATH = new EntryPath("designs/figures.md");
  private static final Figures.Place LINE = new Figures.Place("shop/Till.java", 3);
  private static final Figures FIGURES =
      new Figures(
          new Figures.Whole(3, 1200, 2, 1, 40),
          List.of(new Figures.Language("Java", 3, 1200)),
          List.of(new Figures.Size("shop/Till.java", 900)),
          new Figures.History(
              12,
              true,
              "2026-01-02",
              "2026-03-04",
              "",
              List.of(new Figures.Author("Ada", 12)),
              List.of(new Figures.Churn("shop/Till.java", 9, "2026-03-04")),
              List.of(new Figures.Together("shop/Till.java", "shop/Price.java", 5))),
          List.of(new Figures.Marker("TODO", 1, List.of(LINE))),
          List.of(new Figures.Repetition(20, LINE, LINE)),
          List.of(new Figures.Outlier("shop/Till.java", "900 lines, 22 times the median")),
          List.of(
              new Figures.FoundFile(
                  "shop/Till.java",
                  900,
                  List.of("shop/TillTest.java"),
                  List.of(LINE),
                  9,
                  "2026-03-04",
                  "Count again",
                  List.of(new Figures.Author("Ada", 9)),
                  List.of())));

  @Test
  void what_was_posted_is_read_again() {
    assertThat(FiguresEntry.parse(entry(FiguresEntry.draft(FIGURES, List.of(), PATH))))
        .contains(FIGURES);
  }

  @Test
  void people_read_what_bears_on_the_found_files() {
    assertThat(FiguresEntry.draft(FIGURES, List.of(), PATH).content())
        .contains("| Java | 3 | 1,200 |")
        .contains(
            "`shop/Till.java`: 900 lines; tested by `shop/TillTest.java`; 9 commits, the last on"
                + " 2026-03-04 (Count again); marked at `shop/Till.java:3`")
        .contains("12 commits from 2026-01-02 to 2026-03-04, by Ada (12).");
  }

  @Test
  void entries_of_others_are_none() {
    assertThat(FiguresEntry.parse(entry(Draft.of(PATH, "no figures")))).isEmpty();
  }

  private static Entry entry(Draft draft) {
    return new Entry(1, draft, new Author.Swarm(), Instant.EPOCH, false);
  }
}
