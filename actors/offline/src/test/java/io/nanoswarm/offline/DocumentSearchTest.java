package io.nanoswarm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.blackboard.Place;
import io.nanoswarm.offline.document.SamplePdf;
import io.nanoswarm.offline.research.FindingEntry;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentSearchTest {
  private static final String GOAL = "How often is the filter of the pump changed?";

  @TempDir Path root;
  @TempDir Path cache;

  @BeforeEach
  void writeWorkspace() throws Exception {
    Files.write(
        root.resolve("guide.pdf"),
        SamplePdf.of(
            List.of(
                List.of("# Guide to the pump", "It is green, and stands in the cellar."),
                List.of(
                    "# Maintenance",
                    "The filter of the pump is changed every thirty days by whoever is there."))));
    Files.writeString(
        root.resolve("valves.html"),
        """
        <html><body><nav>The filter of the pump is changed elsewhere</nav>
        <h1>Valves</h1>
        <p>A valve is greased whenever the filter of its pump was changed twice.</p>
        </body></html>
        """);
  }

  @Test
  void an_answer_cites_the_page_of_a_pdf_and_the_line_of_a_page_of_html() throws Exception {
    String answer = new WholeSearch(root, cache).answer(GOAL);

    assertThat(answer)
        .contains("The filter of the pump is changed every thirty days by whoever is there.")
        .contains("`guide.pdf:p2:")
        .contains("**Maintenance**")
        .contains("`valves.html:")
        .doesNotContain("elsewhere");
  }

  @Test
  void every_quotation_of_a_document_stands_in_its_text() throws Exception {
    var search = new WholeSearch(root, cache);
    search.answer(GOAL);

    List<Entry> findings =
        search.swarm.entries().stream()
            .filter(entry -> FindingEntry.parse(entry).isPresent())
            .toList();
    assertThat(findings).hasSizeGreaterThan(1);
    for (Entry entry : findings) {
      Evidence evidence = entry.draft().evidence().getFirst();
      Manifest.File file =
          search.manifest.files().stream()
              .filter(each -> each.path().equals(evidence.path()))
              .findFirst()
              .orElseThrow();
      List<String> lines = SourceText.read(root.toRealPath(), file).lines();
      assertThat(String.join("\n", lines.subList(evidence.firstLine() - 1, evidence.lastLine())))
          .isEqualTo(evidence.quote());
      assertThat(Place.parse(evidence.place()))
          .contains(new Place(evidence.path(), evidence.firstLine()));
    }
    assertThat(search.swarm.entry("critiques/critique.md").orElseThrow().draft().content())
        .doesNotContain("not verbatim");
  }

  @Test
  void documents_that_cannot_be_read_are_counted_by_reason() throws Exception {
    Files.write(root.resolve("secret.pdf"), SamplePdf.encrypted(List.of(List.of("# Secret"))));
    Files.write(root.resolve("scan.pdf"), SamplePdf.of(List.of(List.of(), List.of())));
    Files.writeString(root.resolve("broken.pdf"), "%PDF-1.4 and nothing more");

    assertThat(new WholeSearch(root, cache).manifest.skipped())
        .containsExactly(
            new Manifest.Skipped("PDF with no text in it", 1, List.of("scan.pdf")),
            new Manifest.Skipped("damaged PDF", 1, List.of("broken.pdf")),
            new Manifest.Skipped("encrypted PDF", 1, List.of("secret.pdf")));
  }
}
