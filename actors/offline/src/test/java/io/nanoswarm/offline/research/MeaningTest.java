package io.nanoswarm.offline.research;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.embedding.Embeddings;
import io.nanoswarm.offline.embedding.ScriptedModel;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.search.IndexCache;
import io.nanoswarm.offline.search.IndexCacheSettings;
import io.nanoswarm.offline.search.WorkspaceIndex;
import io.nanoswarm.offline.workspace.Parts;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model of meanings changes in a search, and what it does not. */
class MeaningTest {
  private static final String CLAUSE = "Which ship sank at the quay in the storm";
  private static final Question ASKED = Question.of(CLAUSE + "?");

  @TempDir Path root;
  @TempDir Path cache;
  private final ScriptedModel model =
      new ScriptedModel(
          List.of(
              List.of("sank", "sink", "foundered", "perished"),
              List.of("storm", "gale", "tempest"),
              List.of("fee", "price")));

  @BeforeEach
  void writeWorkspace() throws Exception {
    Files.writeString(
        root.resolve("a-fee.md"), "# Fee\n\nEach ship pays a fee, the price of the quay.\n");
    Files.writeString(root.resolve("b-crew.md"), "# Crew\n\nThe crew of a ship has its fee.\n");
    Files.writeString(
        root.resolve("c-paint.md"), "# Paint\n\nEvery ship is painted, ship by ship.\n");
    Files.writeString(
        root.resolve("d-gale.md"), "# Gale\n\nIn the gale the ship Anna foundered.\n");
    Files.writeString(
        root.resolve("f-log.md"), "# Log\n\nA storm is entered in the log with its hour.\n");
    Files.writeString(root.resolve("e-cargo.md"), "# Cargo\n\nA ship is loaded at the quay.\n");
  }

  @Test
  void what_means_the_same_is_found_though_it_has_other_words() throws Exception {
    assertThat(places(1, Optional.empty())).isNotEmpty().noneMatch(each -> each.contains("gale"));

    assertThat(places(1, Optional.of(embeddings()))).anyMatch(each -> each.contains("d-gale.md"));
  }

  @Test
  void a_file_that_begins_like_the_question_is_found_though_it_has_no_word_of_it()
      throws Exception {
    Files.writeString(
        root.resolve("g-wreck.md"), "# Wreck\n\nBerta perished off Hamburg, tempest tossed.\n");

    assertThat(places(1, Optional.empty())).noneMatch(each -> each.contains("g-wreck.md"));
    assertThat(places(1, Optional.of(embeddings()))).anyMatch(each -> each.contains("g-wreck.md"));
  }

  @Test
  void in_a_large_folder_only_files_that_speak_of_it_by_words_are_read_by_the_model()
      throws Exception {
    Files.writeString(
        root.resolve("g-wreck.md"), "# Wreck\n\nBerta perished off Hamburg, tempest tossed.\n");
    for (int i = 0; i < Shortlist.MOST_BEGINNINGS; i++) {
      Files.writeString(root.resolve("z" + i + ".md"), "# Part " + i + "\n\nNothing.\n");
    }

    assertThat(places(1, Optional.of(embeddings())))
        .isNotEmpty()
        .noneMatch(each -> each.contains("g-wreck.md"));
    assertThat(model.embedded).isNotEmpty().noneMatch(each -> each.contains("Nothing"));
  }

  @Test
  void what_words_alone_say_of_it_is_what_it_is_without_a_model() throws Exception {
    List<Finding> without = search(1, Optional.empty());
    assertThat(without).isNotEmpty();

    assertThat(search(1, Optional.of(embeddings())))
        .filteredOn(each -> each.share() >= 0.15)
        .extracting(each -> each.evidence().place() + " " + each.byWords())
        .containsExactlyInAnyOrderElementsOf(
            without.stream().map(each -> each.evidence().place() + " " + each.score()).toList());
  }

  @Test
  void findings_are_the_same_however_the_workspace_is_cut() throws Exception {
    assertThat(places(3, Optional.of(embeddings())))
        .isEqualTo(places(1, Optional.of(embeddings())));
  }

  @Test
  void of_many_files_the_same_begin_like_the_question_however_the_workspace_is_cut()
      throws Exception {
    for (int i = 0; i < 100; i++) {
      String fate = i % 10 == 0 ? "perished in a tempest" : "rests";
      Files.writeString(
          root.resolve("t%02d.md".formatted(i)), "# Chart\n\nBerta%d %s.\n".formatted(i, fate));
    }

    List<String> whole = places(1, Optional.of(Embeddings.of(model, cache.resolve("one"))));
    assertThat(whole).anyMatch(each -> each.startsWith("t"));
    assertThat(places(3, Optional.of(Embeddings.of(model, cache.resolve("three")))))
        .containsAll(whole);
  }

  @Test
  void in_another_language_only_files_with_words_of_the_question_are_read_by_the_model()
      throws Exception {
    Files.writeString(
        root.resolve("g-wreck.md"), "# Wreck\n\nBerta perished off Hamburg, tempest tossed.\n");

    var _ =
        search(Question.of("Welches ship sank am quay im storm?"), 1, Optional.of(embeddings()));

    assertThat(model.embedded).isNotEmpty().noneMatch(each -> each.contains("Berta"));
  }

  @Test
  void a_file_is_read_by_the_model_once_until_it_changes() throws Exception {
    var _ = places(1, Optional.of(embeddings()));
    model.embedded.clear();

    var _ = places(3, Optional.of(embeddings()));
    assertThat(model.embedded).containsOnly(CLAUSE);

    Files.writeString(
        root.resolve("d-gale.md"), "# Gale\n\nIn the gale the ship Berta foundered.\n");
    model.embedded.clear();
    var _ = places(1, Optional.of(embeddings()));
    assertThat(model.embedded)
        .filteredOn(each -> !each.equals(CLAUSE))
        .isNotEmpty()
        .allMatch(each -> each.contains("Berta"));
  }

  @Test
  void two_that_search_at_once_go_through_a_folder_in_different_orders() throws Exception {
    for (int i = 0; i < 40; i++) {
      Files.writeString(root.resolve("z" + i + ".md"), "# Part " + i + "\n\nNothing.\n");
    }
    List<List<Manifest.File>> parts =
        Parts.cut(new WorkspaceScan(Set.of(cache)).scan(root).files(), 4);
    var read = new ArrayList<List<String>>();
    for (int part : List.of(0, 1)) {
      model.embedded.clear();
      var own = Embeddings.of(model, cache.resolve("embeddings" + part));
      var near = new NearFiles(own, ASKED.text(), root, parts, part, _ -> {});

      assertThat(near.beginningLikeIt(1)).containsExactly("d-gale.md");
      read.add(List.copyOf(model.embedded.subList(1, model.embedded.size())));
    }

    assertThat(read.get(0)).containsExactlyInAnyOrderElementsOf(read.get(1));
    var ofOthers = new ArrayList<>(read.get(0).subList(parts.get(0).size(), read.get(0).size()));
    ofOthers.retainAll(read.get(1).subList(parts.get(1).size(), read.get(1).size()));
    var inTheOtherOrder = new ArrayList<>(read.get(1));
    inTheOtherOrder.retainAll(ofOthers);
    assertThat(ofOthers).hasSizeGreaterThan(5).isNotEqualTo(inTheOtherOrder);
  }

  @Test
  void a_question_about_the_whole_goes_by_words() throws Exception {
    var _ = search(Question.of("Give me an overview"), 1, Optional.of(embeddings()));

    assertThat(model.embedded).isEmpty();
  }

  @Test
  void it_is_told_what_takes_time() throws Exception {
    List<List<Manifest.File>> parts =
        Parts.cut(new WorkspaceScan(Set.of(cache)).scan(root).files(), 1);
    var told = new ArrayList<String>();

    new NearFiles(embeddings(), ASKED.text(), root, parts, 0, told::add).beginningLikeIt(1);

    assertThat(told).startsWith("comparing how files begin with the question, 1 of 6").hasSize(6);
  }

  private Embeddings embeddings() {
    return Embeddings.of(model, cache.resolve("embeddings"));
  }

  private List<String> places(int parts, Optional<Embeddings> embeddings) throws Exception {
    return search(parts, embeddings).stream()
        .map(each -> each.evidence().place() + " " + each.score())
        .toList();
  }

  private List<Finding> search(int count, Optional<Embeddings> embeddings) throws Exception {
    return search(ASKED, count, embeddings);
  }

  private List<Finding> search(Question asked, int count, Optional<Embeddings> embeddings)
      throws Exception {
    List<List<Manifest.File>> parts =
        Parts.cut(new WorkspaceScan(Set.of(cache)).scan(root).files(), count);
    var indexes = new IndexCache(cache, new IndexCacheSettings(Long.MAX_VALUE));
    var found = new ArrayList<Finding>();
    for (int part = 1; part <= parts.size(); part++) {
      try (var index = WorkspaceIndex.open(indexes, root, parts, _ -> {})) {
        found.addAll(
            new Research(root, parts, embeddings).search(asked, index, part, _ -> {}).findings());
      }
    }
    found.sort(Finding.BY_MERIT);
    return found;
  }
}
