package io.nanoswarm.offline.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.jspecify.annotations.Nullable;

/** Makes PDFs for tests: lines that begin with {@code # } large, with four spaces monospaced. */
public final class SamplePdf {
  static {
    // Else PDFBox looks for the machine's fonts, and notes them in the home folder.
    FontMappers.set(new BundledFont());
  }

  private SamplePdf() {}

  public static byte[] of(List<List<String>> pages) {
    return written(pages, null);
  }

  public static byte[] encrypted(List<List<String>> pages) {
    return written(pages, new StandardProtectionPolicy("owner", "user", new AccessPermission()));
  }

  private static byte[] written(
      List<List<String>> pages, @Nullable StandardProtectionPolicy policy) {
    try (var document = new PDDocument()) {
      for (List<String> lines : pages) {
        var page = new PDPage();
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
          write(content, lines);
        }
      }
      if (policy != null) {
        document.protect(policy);
      }
      var bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(PDPageContentStream content, List<String> lines) throws IOException {
    var text = new PDType1Font(FontName.HELVETICA);
    var monospaced = new PDType1Font(FontName.COURIER);
    float y = 740;
    for (String line : lines) {
      boolean heading = line.startsWith("# ");
      boolean code = line.startsWith("    ");
      content.beginText();
      content.setFont(code ? monospaced : text, heading ? 18 : 10);
      content.newLineAtOffset(72, y);
      content.showText(heading ? line.substring(2) : line.strip());
      content.endText();
      y -= heading || line.isBlank() ? 28 : 12;
    }
  }
}
