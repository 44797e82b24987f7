package io.nanoswarm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.figures.Figures;
import io.nanoswarm.offline.figures.FiguresEntry;
import io.nanoswarm.offline.structure.Structure;
import io.nanoswarm.offline.structure.StructureEntry;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.PlanCheck;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.testkit.ScriptedAttempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineSearchTest {
  private static final String GOAL = "What happens to an order when the courier loses it?";

  private static final String OVERVIEW = "Give me an overview of this folder";

  private static final String COURIER = "src/shop/Courier.java";

  @TempDir Path root;
  @TempDir Path cache;

  @BeforeEach
  void writeWorkspace() throws Exception {
    SampleWorkspace.write(root);
  }

  @Test
  void the_answer_leads_with_the_sentence_that_answers() throws Exception {
    String answer = search().answer(GOAL);

    assertThat(answer)
        .startsWith("# " + GOAL)
        .contains("- An order that its courier loses is sent again, free of charge")
        .contains("`src/shop/Courier.java:")
        .contains("## Where to look");
    assertThat(answer.lines().count()).isLessThan(40);
  }

  @Test
  void a_question_for_a_place_or_a_setting_is_planned_without_surveys() throws Exception {
    assertThat(search().plan("Where are invoices numbered?").tasks())
        .extracting(task -> task.id().name())
        .doesNotContain("structure", "figures");
    assertThat(search().plan("Which setting has the currency?").tasks())
        .extracting(task -> task.id().name())
        .doesNotContain("structure", "figures");
  }

  @Test
  void after_the_places_the_answer_says_how_they_hang_together_and_their_figures()
      throws Exception {
    Files.writeString(
        root.resolve("src/shop/Van.java"),
        "package shop;\n\nclass Van {\n  Courier courier = new Courier();\n}\n");

    String answer = search().answer(GOAL);

    assertThat(answer).contains("## Figures", "`src/shop/Courier.java`: ");
    assertThat(answer.indexOf("## Figures")).isGreaterThan(answer.indexOf("## Where to look"));
  }

  @Test
  void an_overview_names_the_modules_and_how_much_there_is() throws Exception {
    String answer = search().answer(OVERVIEW);

    assertThat(answer)
        .contains("**catalogue**", "Languages: ")
        .containsSubsequence("## How it hangs together", "## Figures", "## Where to look")
        .as("words that nobody has asked for")
        .doesNotContain("No place found speaks of");
  }

  @Test
  void the_full_answer_shows_the_lines_of_every_place_and_fits_one_entry() throws Exception {
    for (int i = 0; i < 40; i++) {
      Files.writeString(
          root.resolve("lost-order-%02d.md".formatted(i)),
          "An order number %d that its courier loses %s\n".formatted(i, "x y ".repeat(400)));
    }
    WholeSearch search = search();
    String brief = search.answer(GOAL);
    String full = search.swarm.entry("final/full.md").orElseThrow().draft().content();

    assertThat(full.length()).isGreaterThan(brief.length());
    assertThat(full).contains("```md\n");
    assertThat(brief).doesNotContain("```");
  }

  /** A Chinese character is three bytes, and these paragraphs have no end that we know. */
  @Test
  void the_full_answer_fits_one_entry_whatever_the_script() throws Exception {
    for (int i = 0; i < 20; i++) {
      String said = "An order that its courier loses ";
      String characters = chinese(i);
      Files.writeString(
          root.resolve("line-%02d.md".formatted(i)),
          "# Courier loses order " + characters + "\n" + said + characters.repeat(4) + "\n");
      Files.writeString(
          root.resolve("paragraph-%02d.md".formatted(i)), said + (characters + "\n").repeat(40));
    }
    WholeSearch search = search();

    assertThat(search.answer(GOAL)).contains("## Where to look");
    Draft full = search.swarm.entry("final/full.md").orElseThrow().draft();
    assertThat(full.content()).contains("```md\n", "in `findings/`._", "_Searched ");
    assertThat(full.evidence()).isNotEmpty();
  }

  /** Other words for each number, so that no two of the files say the same. */
  private static String chinese(int number) {
    return IntStream.range(0, 400)
        .mapToObj(i -> Character.toString(0x4e00 + number * 400 + i))
        .collect(Collectors.joining());
  }

  @Test
  void an_answer_that_compares_tells_of_both_sides_though_one_is_spoken_of_more_often()
      throws Exception {
    for (int i = 0; i < 12; i++) {
      Files.writeString(
          root.resolve("lease-%02d.md".formatted(i)),
          "# Lease %d\n\nA lease of ship %d ends by itself on day %d of the voyage.\n"
              .formatted(i, i * 7, i * 13));
    }
    Files.writeString(
        root.resolve("lock.md"),
        "# Other things\n\n"
            + "Whoever wants one waits in line.\n\n"
            + "A lock is held until its owner opens it.\n");

    String answer = search().answer("What is the difference between a lease and a lock?");

    assertThat(answer.substring(0, answer.indexOf("## Where to look")))
        .contains("- A lease of ship", "- A lock is held until its owner opens it.");
    assertThat(answer.lines().filter(line -> line.matches("[12]\\. .*")))
        .anyMatch(line -> line.contains("`lock.md:"))
        .anyMatch(line -> line.contains("`lease-"));
  }

  @Test
  void an_overview_without_a_place_is_answered_from_how_the_folder_is_built() throws Exception {
    WholeSearch search = search();
    List<TaskSpec> tasks = search.plan(OVERVIEW).tasks();
    for (TaskSpec each : tasks) {
      if (each.role().equals(OfflineSwarm.ARCHITECT) || each.role().equals(OfflineSwarm.ANALYST)) {
        search.perform(OVERVIEW, each);
      }
    }
    ScriptedAttempt attempt = search.perform(OVERVIEW, tasks.getLast());

    assertThat(attempt.ended().join())
        .isEqualTo(
            new AttemptEnd.Settled(new Outcome.Completed("answered from how the folder is built")));
    assertThat(search.swarm.entry("final/answer.md").orElseThrow().draft().content())
        .contains("## How it hangs together")
        .doesNotContain("## Where to look", "Not found");
  }

  @Test
  void every_quotation_stands_in_its_file() throws Exception {
    WholeSearch search = search();
    search.answer(GOAL);

    assertThat(search.swarm.entries())
        .anyMatch(entry -> entry.path().value().startsWith("findings/research-2/01-"));
    for (Entry entry : search.swarm.entries()) {
      for (Evidence evidence : entry.draft().evidence()) {
        List<String> lines = Files.readAllLines(root.resolve(evidence.path()));
        assertThat(String.join("\n", lines.subList(evidence.firstLine() - 1, evidence.lastLine())))
            .isEqualTo(evidence.quote());
      }
    }
  }

  @Test
  void the_plan_follows_from_goal_and_workspace_alone() throws Exception {
    Plan plan = search().plan(GOAL);

    assertThat(plan).isEqualTo(search().plan(GOAL));
    assertThat(PlanCheck.problems(new SessionId("session"), plan)).isEmpty();
    assertThat(plan.tasks())
        .extracting(task -> task.id().name())
        .containsExactly(
            "index-1",
            "index-2",
            "research-1",
            "research-2",
            "structure",
            "figures",
            "critique",
            "answer");
    assertThat(plan.tasks().get(2).title()).startsWith("search part 1 of 2: ");
  }

  @Test
  void a_goal_of_stop_words_alone_has_a_plan_and_is_answered_by_what_the_folder_is_about()
      throws Exception {
    WholeSearch search = search();

    assertThat(search.plan("What is this?").tasks()).isNotEmpty();
    assertThat(search.answer("What is this?")).contains("ReadMe.md:");
  }

  @Test
  void the_answer_is_the_same_in_any_order_of_tasks_and_after_any_number_of_attempts()
      throws Exception {
    writeCrowd();
    for (String goal : List.of(GOAL, CROWDED)) {
      List<Draft> once = drafts(goal, search(), 2, tasks -> {});
      List<Draft> reversed = drafts(goal, search(), 2, Collections::reverse);
      List<Draft> twice = drafts(goal, search(), 2, tasks -> tasks.addAll(List.copyOf(tasks)));

      assertThat(reversed).isEqualTo(once);
      assertThat(twice).isEqualTo(once);
    }
  }

  @Test
  void cutting_the_workspace_into_other_parts_changes_nothing_of_the_answer() throws Exception {
    writeCrowd();
    for (String goal :
        List.of(GOAL, CROWDED, "How are invoices numbered?", "Which currency does a Price have?")) {
      var answers = new ArrayList<String>();
      for (int parts : List.of(1, 2, 4, 8)) {
        WholeSearch search = search();
        answers.add(search.answer(goal, search.plan(goal, parts).tasks()));
      }
      assertThat(answers).containsOnly(answers.getFirst());
    }
  }

  @Test
  void what_nothing_speaks_of_is_not_found_and_said_plainly() throws Exception {
    WholeSearch search = search();

    String answer = search.answer("How does the photosynthesis of seagrass vary with salinity?");

    assertThat(answer)
        .contains("**Not found in this folder.**")
        .contains("**photosynthesis**")
        .contains("Searched ");
    assertThat(search.swarm.entries())
        .noneMatch(each -> each.path().value().startsWith("findings/"));
  }

  @Test
  void very_long_lines_neither_fail_a_search_nor_hide_what_stands_beside_them() throws Exception {
    String paragraph = "The courier carries chairs. ".repeat(60);
    Files.writeString(
        root.resolve("long.md"),
        (paragraph + "\n").repeat(30)
            + "A lighthouse stands on the chair.\n"
            + "lighthouse ".repeat(20_000));

    assertThat(search().answer("Where does the lighthouse stand?"))
        .contains("A lighthouse stands on the chair.");
    assertThat(search().answer("Which courier carries chairs?")).contains("long.md:");
  }

  @Test
  void words_that_no_place_speaks_of_are_named_above_the_nearest_places() throws Exception {
    assertThat(search().answer("Does the courier lose an order to seagulls?"))
        .contains("**Not found in this folder.** No passage near it speaks of **seagulls**.")
        .contains("## Nearest places")
        .contains("src/shop/Courier.java:");
    assertThat(search().answer("How are invoices numbered by year and counter, says the shop?"))
        .contains("src/shop/Invoice.java:");
  }

  @Test
  void a_file_that_changed_after_it_was_searched_is_not_cited() throws Exception {
    WholeSearch search = search();
    Plan plan = search.plan(GOAL);
    for (TaskSpec spec : plan.tasks().subList(0, 4)) {
      search.perform(GOAL, spec);
    }
    Files.writeString(root.resolve("src/shop/Courier.java"), "class Courier {}\n");

    String answer = search.answer(GOAL, plan.tasks().subList(4, 8));

    assertThat(answer).doesNotContain("Courier.java:");
    assertThat(search.swarm.entry("critiques/critique.md").orElseThrow().draft().content())
        .contains("| not verbatim |")
        .contains("src/shop/Courier.java was changed since the session was opened");
  }

  @Test
  void a_file_that_changed_before_it_was_searched_is_reported() throws Exception {
    WholeSearch search = search();
    Files.delete(root.resolve("src/shop/Courier.java"));

    assertThat(search.answer(GOAL))
        .contains("src/shop/Courier.java was removed since the session was opened")
        .doesNotContain("Courier.java:");
  }

  @Test
  void a_folder_that_could_not_be_searched_is_not_called_one_that_holds_nothing() throws Exception {
    assertThat(answerAfterLosing("research-1", "research-2"))
        .contains("**This folder could not be searched.**")
        .contains("It failed: the disk is full")
        .doesNotContain("Not found", "Searched ");
  }

  @Test
  void what_is_not_found_in_a_part_is_not_said_of_the_whole_folder() throws Exception {
    assertThat(answerAfterLosing("research-2"))
        .contains("**Not found in the part that could be searched.**")
        .contains("It failed: the disk is full");
  }

  private String answerAfterLosing(String... names) throws Exception {
    return answerAfterLosing(
        search(), "How does the photosynthesis of seagrass vary with salinity?", names);
  }

  private static String answerAfterLosing(WholeSearch search, String goal, String... names)
      throws Exception {
    var left = new ArrayList<TaskSpec>();
    for (TaskSpec each : search.plan(goal).tasks()) {
      if (List.of(names).contains(each.id().name())) {
        var lost = new Outcome.Failed("the disk is full", false);
        search.end(new Task.Input(each.id(), each.title(), null, lost));
      } else {
        left.add(each);
      }
    }
    return search.answer(goal, left);
  }

  @Test
  void structure_and_figures_stand_on_the_blackboard_and_their_lines_are_checked()
      throws Exception {
    WholeSearch search = search();
    search.answer(GOAL);

    Structure structure =
        StructureEntry.parse(search.swarm.entry("designs/structure.md").orElseThrow())
            .orElseThrow();
    Figures figures =
        FiguresEntry.parse(search.swarm.entry("designs/figures.md").orElseThrow()).orElseThrow();
    assertThat(structure.around()).extracting(Structure.Neighbourhood::path).contains(COURIER);
    assertThat(figures.found()).extracting(Figures.FoundFile::path).contains(COURIER);
    assertThat(figures.whole().files()).isEqualTo(74);
    assertThat(search.swarm.entry("critiques/critique.md").orElseThrow().draft().content())
        .contains("lines that structure and figures rest on, all stand in their files");
  }

  @Test
  void an_answer_bears_the_loss_of_structure_and_figures_and_names_them() throws Exception {
    WholeSearch search = search();
    String whole = search().answer(GOAL);

    assertThat(answerAfterLosing(search, GOAL, "structure", "figures"))
        .startsWith(whole.substring(0, whole.indexOf("## Where to look")))
        .contains("Not done: see how it hangs together. It failed: the disk is full")
        .contains("Not done: count what bears on it. It failed: the disk is full");
  }

  @Test
  void a_part_that_nobody_could_search_is_named_in_the_answer() throws Exception {
    WholeSearch search = search();
    Plan plan = search.plan(GOAL);
    TaskSpec lost = plan.tasks().get(3);
    search.end(
        new Task.Input(lost.id(), lost.title(), null, new Outcome.Failed("its agent died", false)));
    var others = new ArrayList<>(plan.tasks());
    others.remove(lost);

    assertThat(search.answer(GOAL, others))
        .contains("Not done: " + lost.title() + ". It failed: its agent died");
  }

  @Test
  void an_index_that_is_not_on_this_machine_or_is_damaged_is_made_on_the_way() throws Exception {
    String expected = search().answer(GOAL);
    try (var files = Files.walk(cache)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".si")).toList()) {
        Files.writeString(file, "damaged");
      }
    }
    WholeSearch search = search();
    List<TaskSpec> tasks = search.plan(GOAL).tasks();

    assertThat(search.answer(GOAL, tasks.subList(2, tasks.size()))).isEqualTo(expected);
  }

  /** Its best places speak of nothing but its everyday words, and crowd out the one that tells. */
  private static final String CROWDED =
      "Why does somebody wait longer every hour, day, week, month and year near his password?";

  private void writeCrowd() throws Exception {
    for (int i = 0; i < 30; i++) {
      Files.writeString(
          root.resolve("crowd-%02d.md".formatted(i)),
          "# Number %d\n\nSomebody waits longer every hour, day, week, month, year near %s.\n"
              .formatted(i, "abcdefghijklmnopqrstuvwxyzabcdefgh".substring(i, i + 4)));
    }
    Files.writeString(
        root.resolve("door.md"),
        "# The door\n\n"
            + "It is made of oak, and the porter opens it to guests. ".repeat(9)
            + "\nWhat he is told first is the password.\n");
  }

  @Test
  void findings_off_the_question_are_sent_back_once_and_what_that_brings_is_judged_with_the_rest()
      throws Exception {
    writeCrowd();
    WholeSearch search = search();
    List<TaskSpec> tasks = search.plan(CROWDED).tasks();
    for (TaskSpec each : tasks) {
      var _ = search.perform(CROWDED, each);
    }

    List<Task> sentBack = search.performed("critique.again");
    assertThat(sentBack).hasSize(1);
    assertThat(sentBack.getFirst().spec().role()).isEqualTo(OfflineSwarm.RESEARCHER);
    assertThat(sentBack.getFirst().spec().instructions())
        .contains("speak of no main word of the question", "crowd-", "**password**");
    assertThat(search.swarm.entries())
        .anyMatch(each -> each.path().value().startsWith("findings/critique-again/01-"));
    assertThat(search.swarm.entry("critiques/critique.md").orElseThrow().draft().content())
        .contains("Looked again: ");
    assertThat(search.swarm.entry("final/answer.md").orElseThrow().draft().content())
        .contains("`door.md:")
        .doesNotContain("`crowd-");
  }

  @Test
  void places_that_do_not_go_together_are_shown_side_by_side_and_lower_the_confidence()
      throws Exception {
    String goal = "How long is the warranty of a lamp?";
    Files.writeString(
        root.resolve("a.md"), "# Warranty\n\nThe warranty of a lamp lasts 24 months.\n");
    Files.writeString(
        root.resolve("b.md"), "# Lamps\n\nThe warranty of each lamp lasts 36 months.\n");

    assertThat(search().answer(goal))
        .contains(
            "## Where files differ",
            "`a.md:3` says: The warranty of a lamp lasts 24 months.",
            "`b.md:3` says: The warranty of each lamp lasts 36 months.",
            "_Confidence: fair. ");
    Files.delete(root.resolve("b.md"));
    assertThat(search().answer(goal)).contains("_Confidence: high. ").doesNotContain("differ");
  }

  @Test
  void who_asks_for_an_amount_gets_a_number_first_and_nothing_of_how_all_hangs_together()
      throws Exception {
    String goal = "How long does the warranty of a lamp last?";
    Files.writeString(
        root.resolve("a.md"),
        "# Last\n\nIt does not take long until somebody asks about the warranty of a lamp.\n");
    Files.writeString(root.resolve("b.md"), "# Lamps\n\nA lamp has a warranty of 24 months.\n");
    WholeSearch search = search();

    assertThat(search.answer(goal))
        .containsSubsequence("24 months", "take long", "## Where to look");
    assertThat(search.swarm.entries())
        .noneMatch(each -> each.path().value().startsWith("designs/"));
    Files.delete(root.resolve("b.md"));
    assertThat(search().answer(goal)).contains("No sentence gives a number outright");
  }

  @Test
  void nothing_is_sent_back_if_the_best_findings_speak_of_the_question() throws Exception {
    WholeSearch search = search();
    search.answer(GOAL);

    assertThat(search.performed("critique.again")).isEmpty();
  }

  @Test
  void an_answer_is_written_though_whoever_should_look_again_died() throws Exception {
    writeCrowd();
    WholeSearch search = search();
    search.lose("critique.again");

    search.answer(CROWDED);

    assertThat(search.swarm.entry("critiques/critique.md").orElseThrow().draft().content())
        .contains("Nobody could look again: it died");
  }

  private WholeSearch search() throws Exception {
    return new WholeSearch(root, cache);
  }

  private interface Rearrangement {
    void of(List<TaskSpec> sameKind);
  }

  private static List<Draft> drafts(
      String goal, WholeSearch search, int parts, Rearrangement rearrangement) throws Exception {
    List<TaskSpec> tasks = search.plan(goal, parts).tasks();
    var index = new ArrayList<>(tasks.subList(0, parts));
    var research = new ArrayList<>(tasks.subList(parts, 2 * parts));
    rearrangement.of(index);
    rearrangement.of(research);
    index.addAll(research);
    for (TaskSpec each : tasks.subList(2 * parts, tasks.size())) {
      var one = new ArrayList<>(List.of(each));
      rearrangement.of(one);
      index.addAll(one);
    }
    search.answer(goal, index);
    return search.swarm.entries().stream().map(Entry::draft).toList();
  }
}
