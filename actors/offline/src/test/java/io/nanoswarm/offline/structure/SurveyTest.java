package io.nanoswarm.offline.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.offline.imports.FactsCache;
import io.nanoswarm.offline.imports.WorkspaceFacts;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyTest {
  @TempDir Path root;
  @TempDir Path cache;

  @Test
  void modules_of_the_build_have_layers_purposes_and_dependencies_with_an_example()
      throws Exception {
    shop();

    Structure structure = survey();

    assertThat(structure.modules())
        .extracting(Structure.Module::path, Structure.Module::kind, Structure.Module::layer)
        .containsExactly(
            tuple(".", "Maven", 0), tuple("money", "Maven", 0), tuple("till", "Maven", 1));
    assertThat(structure.modules().get(1).purpose()).isEqualTo("What things cost.");
    assertThat(structure.modules().get(1).said())
        .containsExactly(new Structure.Place("money/pom.xml", 2));
    assertThat(structure.dependencies())
        .containsExactly(
            new Structure.Dependency(
                "till",
                "money",
                1,
                1,
                new Structure.Place("till/src/main/java/till/Till.java", 2)));
  }

  @Test
  void around_a_found_file_stand_what_it_uses_and_who_uses_it_sources_before_tests()
      throws Exception {
    shop();

    Structure structure = survey("money/src/main/java/money/Price.java");

    assertThat(structure.around())
        .containsExactly(
            new Structure.Neighbourhood(
                "money/src/main/java/money/Price.java",
                List.of(),
                0,
                List.of(
                    neighbour("till/src/main/java/till/Till.java", 2),
                    neighbour("till/src/test/java/till/TillTest.java", 2),
                    neighbour("README.md", 1)),
                0));
  }

  @Test
  void programs_begin_where_files_and_builds_say_so_and_tests_are_no_programs() throws Exception {
    shop();
    write("web/package.json", "{\n  \"bin\": \"cli.js\"\n}");
    write("tools/test_it.py", "if __name__ == '__main__':\n  pass\n");

    assertThat(survey().entryPoints())
        .containsExactly(
            new Structure.EntryPoint(
                "npm bin", "cli.js", new Structure.Place("web/package.json", 2)),
            new Structure.EntryPoint(
                "Java main", "Till", new Structure.Place("till/src/main/java/till/Till.java", 4)));
  }

  @Test
  void folders_are_the_modules_of_a_code_base_without_several_builds() throws Exception {
    write("pkg/core/__init__.py", "\"\"\"Where all begins to make sense.\"\"\"\n");
    write("pkg/core/a.py", "x = 1\n");
    write("pkg/web/b.py", "from pkg.core import a\n");
    write("pkg/web/c.py", "from pkg.core.a import x\n");
    write("docs/guide.md", "text\n");

    Structure structure = survey();

    assertThat(structure.modules())
        .extracting(Structure.Module::path)
        .containsExactly("docs", "pkg/core", "pkg/web");
    assertThat(structure.modules().get(1).purpose()).isEqualTo("Where all begins to make sense.");
    assertThat(structure.dependencies())
        .containsExactly(
            new Structure.Dependency(
                "pkg/web", "pkg/core", 2, 0, new Structure.Place("pkg/web/b.py", 1)));
  }

  @Test
  void badges_and_licences_are_no_purpose() throws Exception {
    write(
        "a/README.md",
        "[![build](x.svg)](y)\n\nCopyright the shop.\n\nIt sells chairs to people.\n");
    write("a/a.py", "x = 1\n");
    write("b/b.py", "x = 1\n");

    assertThat(survey().modules().getFirst().purpose()).isEqualTo("It sells chairs to people.");
  }

  @Test
  void documents_alone_hang_together_by_their_links() throws Exception {
    write("start/index.md", "# Start\n\n[further](../more/index.md)\n");
    write("more/index.md", "# More\n");

    assertThat(survey().dependencies())
        .extracting(Structure.Dependency::from, Structure.Dependency::to)
        .containsExactly(tuple("start", "more"));
  }

  @Test
  void a_circle_names_its_members_and_its_thinnest_link_and_tests_close_none() throws Exception {
    write("a/A.java", "package a;\nimport b.B;\nimport c.C;\nclass A {}");
    write("b/B.java", "package b;\nimport a.A;\nclass B {}");
    write("b/B2.java", "package b;\nimport a.A;\nclass B2 {}");
    write("c/C.java", "package c;\nclass C {}");
    write("c/CTest.java", "package c;\nimport a.A;\nclass CTest {}");

    Structure structure = survey();

    assertThat(structure.cycles())
        .containsExactly(
            new Structure.Cycle(
                List.of("a", "b"),
                2,
                new Structure.Dependency("a", "b", 1, 0, new Structure.Place("a/A.java", 2))));
    assertThat(structure.modules()).extracting(Structure.Module::layer).containsExactly(1, 1, 0);
  }

  @Test
  void the_files_that_most_others_depend_on_are_counted_without_tests() throws Exception {
    for (int i = 0; i < 4; i++) {
      write("p/User%d.java".formatted(i), "package p;\nclass User%d { Base base; }".formatted(i));
    }
    write("p/Base.java", "package p;\nclass Base {}");
    write("p/BaseTest.java", "package p;\nclass BaseTest { Base base; }");

    assertThat(survey().central())
        .containsExactly(
            new Structure.Central("p/Base.java", 4, new Structure.Place("p/User0.java", 2)));
  }

  @Test
  void what_is_too_much_for_an_entry_is_left_out_and_counted() throws Exception {
    for (int i = 0; i < 55; i++) {
      String module = "module-%s-%02d".formatted("long".repeat(30), i);
      write(module + "/pom.xml", "<project/>");
      write(
          module + "/A%d.java".formatted(i),
          "package p%d;\nimport p%d.A%d;\nimport p%d.A%d;\nclass A%d {}"
              .formatted(i, (i + 1) % 55, (i + 1) % 55, (i + 2) % 55, (i + 2) % 55, i));
    }
    Structure structure = survey();

    var draft = StructureEntry.draft(structure, List.of(), new EntryPath("designs/structure.md"));

    assertThat(structure.dependencies()).hasSize(60);
    assertThat(structure.omitted().dependencies()).isEqualTo(50);
    assertThat(draft.bytes()).isLessThan(Draft.MAX_BYTES);
  }

  private void shop() throws IOException {
    write("pom.xml", "<project/>");
    write("money/pom.xml", "<project>\n  <description>What things cost.</description>\n</project>");
    write("money/src/main/java/money/Price.java", "package money;\npublic record Price() {}");
    write("till/pom.xml", "<project/>");
    write(
        "till/src/main/java/till/Till.java",
        """
        package till;
        import money.Price;
        class Till {
          public static void main(String[] arguments) {}
        }
        """);
    write(
        "till/src/test/java/till/TillTest.java",
        "package till;\nimport money.Price;\nclass TillTest { Till till; }");
    write("README.md", "The [price](money/src/main/java/money/Price.java).\n");
  }

  private static Structure.Neighbour neighbour(String path, int line) {
    return new Structure.Neighbour(path, new Structure.Place(path, line));
  }

  /** Twice, with the files in another order: it must not matter. */
  private Structure survey(String... found) throws Exception {
    List<Manifest.File> files = new ArrayList<>(new WorkspaceScan(Set.of()).scan(root).files());
    Structure structure = survey(files, found);
    Collections.reverse(files);
    assertThat(survey(files, found)).isEqualTo(structure);
    return structure;
  }

  private Structure survey(List<Manifest.File> files, String... found) throws Exception {
    WorkspaceFacts facts = WorkspaceFacts.read(root, files, new FactsCache(cache), _ -> {});
    return Survey.of(
        facts.byPath(),
        files.stream().map(Manifest.File::path).toList(),
        List.of(found),
        this::lines);
  }

  private List<String> lines(String path) {
    try {
      return Files.readAllLines(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
