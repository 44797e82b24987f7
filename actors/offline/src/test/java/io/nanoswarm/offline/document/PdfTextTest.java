package io.nanoswarm.offline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.offline.document.UnreadableDocument.Reason;
import io.nanoswarm.offline.text.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.junit.jupiter.api.Test;

class PdfTextTest {
  private static final List<String> FIRST =
      List.of(
          "# Guide to the pump", "The pump is started by the green lever, never by the red one.");
  private static final List<String> SECOND =
      List.of(
          "# Maintenance",
          "Change the filter every thirty days, and write down when it was done, distri-",
          "buted over the year.",
          "    pump --filter=new",
          "After that the counter begins at zero again.");

  @Test
  void lines_are_counted_page_by_page() throws Exception {
    List<String> lines = PdfText.lines(SamplePdf.of(List.of(FIRST, SECOND)));

    assertThat(lines.subList(0, 1000)).containsOnly("");
    assertThat(lines.get(1000)).isEqualTo("## Guide to the pump");
    assertThat(lines.get(2000)).isEqualTo("## Maintenance");
  }

  @Test
  void a_page_has_the_same_lines_alone_and_with_others() {
    byte[] pdf = SamplePdf.of(List.of(FIRST, SECOND, FIRST));

    List<String> alone = PdfText.lines(pdf, 2001, 2003);

    assertThat(alone.subList(2000, alone.size()))
        .isEqualTo(PdfText.lines(pdf).subList(2000, alone.size()));
    assertThat(alone.subList(0, 2000)).containsOnly("");
    assertThat(alone).hasSizeLessThan(3000);
  }

  @Test
  void headings_code_and_words_cut_at_the_end_of_a_line_are_told_apart() {
    List<String> page = PdfText.lines(SamplePdf.of(List.of(FIRST, SECOND)));

    assertThat(page.subList(2000, page.size()))
        .contains("## Maintenance", "    pump --filter=new")
        .anyMatch(line -> line.endsWith("when it was done, distributed"))
        .contains("over the year.");
  }

  @Test
  void the_same_bytes_give_the_same_lines() {
    byte[] pdf = SamplePdf.of(List.of(FIRST, SECOND));

    assertThat(PdfText.lines(pdf)).isEqualTo(PdfText.lines(pdf));
  }

  @Test
  void no_passage_stands_on_two_pages_and_headings_name_them() {
    List<String> full =
        IntStream.range(0, 55).mapToObj(i -> "Line number " + i + " runs.").toList();
    Source source =
        Source.of("guide.pdf", PdfText.lines(SamplePdf.of(List.of(full, SECOND, full))));

    assertThat(source.passages())
        .isNotEmpty()
        .allMatch(passage -> passage.first() / 1000 == passage.last() / 1000)
        .anyMatch(passage -> passage.name().equals("Maintenance") && passage.first() == 2001);
  }

  @Test
  void a_pdf_that_is_encrypted_damaged_or_without_text_says_so() throws Exception {
    byte[] sound = SamplePdf.of(List.of(FIRST));

    PdfText.check(sound);
    assertReason(SamplePdf.encrypted(List.of(FIRST)), Reason.ENCRYPTED);
    assertReason("%PDF-1.7\nnothing more".getBytes(StandardCharsets.UTF_8), Reason.DAMAGED);
    assertReason(Arrays.copyOf(sound, 200), Reason.DAMAGED);
    assertReason(SamplePdf.of(List.of(List.of(), List.of())), Reason.NO_TEXT);
    assertReason(SamplePdf.of(Collections.nCopies(2001, List.of())), Reason.TOO_MUCH);
  }

  @Test
  void text_may_begin_after_many_pages_without() throws Exception {
    var pages = new java.util.ArrayList<List<String>>(Collections.nCopies(300, List.of()));
    pages.add(FIRST);
    byte[] pdf = SamplePdf.of(pages);

    PdfText.check(pdf);

    assertThat(PdfText.lines(pdf).get(301_000)).isEqualTo("## Guide to the pump");
  }

  @Test
  void what_unpacks_to_far_more_than_it_is_is_not_unpacked() throws Exception {
    byte[] pdf = content(new byte[UnpackedSize.MAX_BYTES + 1]);

    assertThat(pdf).hasSizeLessThan(200_000);
    assertReason(pdf, Reason.TOO_MUCH);
  }

  @Test
  void whatever_is_damaged_ends_in_a_reason_or_in_lines() {
    byte[] pdf = SamplePdf.of(List.of(FIRST, SECOND));
    var random = new java.util.Random(7);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = pdf.clone();
      for (int i = 0; i < 20; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        PdfText.check(damaged);
        assertThat(PdfText.lines(damaged)).isNotNull();
      } catch (UnreadableDocument e) {
        assertThat(e.reason()).isNotNull();
      }
    }
  }

  @Test
  void fonts_are_not_looked_for_on_the_machine() {
    PdfText.lines(SamplePdf.of(List.of(FIRST)));

    assertThat(FontMappers.instance()).isInstanceOf(BundledFont.class);
  }

  private static byte[] content(byte[] content) throws IOException {
    try (var document = new PDDocument()) {
      var page = new PDPage();
      document.addPage(page);
      var stream = new PDStream(document);
      try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
        out.write(content);
      }
      page.setContents(stream);
      var bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private static void assertReason(byte[] pdf, Reason reason) {
    assertThatThrownBy(() -> PdfText.check(pdf))
        .isInstanceOfSatisfying(
            UnreadableDocument.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
