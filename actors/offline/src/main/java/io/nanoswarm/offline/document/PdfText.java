package io.nanoswarm.offline.document;

import io.nanoswarm.blackboard.Place;
import io.nanoswarm.offline.document.UnreadableDocument.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/**
 * The text of a PDF, its lines counted page by page as {@link Place} says; headings are marked with
 * {@code ## }, lines of code indented by four spaces.
 *
 * <p>Guarantees: the same bytes give the same lines, on every machine: fonts that are not embedded
 * are never looked for. A page has the same lines whether it is read alone or with others; one that
 * is damaged has none. What is read is bounded: a document of more than {@link #MAX_BYTES} is for
 * the caller to refuse, one with too many pages, or with parts that unpack to too much, is refused
 * here; beyond 4 Mi characters, or 50 million steps, the pages that follow are empty.
 */
public final class PdfText {
  public static final int MAX_BYTES = 20 * 1024 * 1024;
  public static final int MAX_PAGES = 2000;
  static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  /** What was read of some pages is let go before the next ones are. */
  private static final int PAGES_AT_ONCE = 200;

  static {
    FontMappers.set(new BundledFont());
  }

  private PdfText() {}

  /** All lines of what {@link #check} has passed; index 0 is line 1. */
  public static List<String> lines(byte[] pdf) {
    return lines(pdf, 1, Integer.MAX_VALUE);
  }

  /** The same list with nothing but the pages of these lines in it, which takes less time. */
  public static List<String> lines(byte[] pdf, int firstLine, int lastLine) {
    int first = Math.max(1, firstLine / Place.LINES_OF_PAGE);
    try {
      return lines(read(pdf, first, Math.max(first, lastLine / Place.LINES_OF_PAGE), false));
    } catch (UnreadableDocument _) {
      return List.of();
    }
  }

  /**
   * Looks until there is text.
   *
   * @throws UnreadableDocument if there is none, or none that could be read
   */
  public static void check(byte[] pdf) throws UnreadableDocument {
    if (!read(pdf, 1, MAX_PAGES, true).hasText()) {
      throw new UnreadableDocument(Reason.NO_TEXT);
    }
  }

  private static PageReader read(byte[] pdf, int first, int last, boolean justLook)
      throws UnreadableDocument {
    if (UnpackedSize.isTooLarge(pdf)) {
      throw new UnreadableDocument(Reason.TOO_MUCH);
    }
    try {
      var reader = new PageReader(justLook);
      int pages = last;
      for (int from = first; from <= pages && !reader.isDone(); from += PAGES_AT_ONCE) {
        pages = Math.min(last, read(pdf, from, Math.min(last, from + PAGES_AT_ONCE - 1), reader));
      }
      return reader;
    } catch (InvalidPasswordException _) {
      throw new UnreadableDocument(Reason.ENCRYPTED);
    } catch (IOException | RuntimeException | StackOverflowError _) {
      // Parsers of untrusted files throw whatever a broken file makes them run into.
      throw new UnreadableDocument(Reason.DAMAGED);
    } catch (LinkageError _) {
      // Certificates need a library that does not come along.
      throw new UnreadableDocument(Reason.ENCRYPTED);
    }
  }

  /** How many pages there are. */
  private static int read(byte[] pdf, int first, int last, PageReader reader)
      throws IOException, UnreadableDocument {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      int pages = document.getNumberOfPages();
      if (pages > MAX_PAGES) {
        throw new UnreadableDocument(Reason.TOO_MUCH);
      }
      reader.setStartPage(first);
      reader.setEndPage(Math.min(last, pages));
      String _ = reader.getText(document);
      return pages;
    }
  }

  private static List<String> lines(PageReader read) {
    var lines = new ArrayList<String>();
    read.pages()
        .forEach((number, page) -> {
          while (!page.isEmpty() && lines.size() < number * Place.LINES_OF_PAGE) {
            lines.add("");
          }
          lines.addAll(page);
        });
    return lines;
  }
}
