package io.nanoswarm.offline.document;

import io.nanoswarm.blackboard.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Collects the lines of a PDF's pages while PDFBox goes through them. */
final class PageReader extends PDFTextStripper {
  /** Letters that make a document one with text; stamps of scanners have fewer. */
  private static final int SOME_LETTERS = 40;

  private static final int MAX_OPERATORS = 50_000_000;

  /** A document goes beyond what is read of one; what comes after is left out. */
  private static final class TooMuch extends RuntimeException {
    TooMuch() {
      super(null, null, false, false);
    }
  }

  private final boolean justLook;
  private final SortedMap<Integer, List<String>> pages = new TreeMap<>();
  private List<PrintedLine> page = new ArrayList<>();
  private PrintedLine line = new PrintedLine();
  private boolean full;
  private long operators;
  private long characters;
  private long letters;

  /**
   * @param justLook whether pages after the first with some text are of no interest
   */
  PageReader(boolean justLook) {
    this.justLook = justLook;
  }

  /** The lines of every page that was read, by its number. */
  SortedMap<Integer, List<String>> pages() {
    return pages;
  }

  /** Whether nothing more is wanted of the document, or allowed. */
  boolean isDone() {
    return full || (justLook && hasText());
  }

  boolean hasText() {
    return letters >= SOME_LETTERS;
  }

  @Override
  public void processPage(PDPage each) {
    if (isDone()) {
      return;
    }
    try {
      super.processPage(each);
    } catch (TooMuch _) {
      full = true;
    } catch (IOException | RuntimeException | StackOverflowError _) {
      // Parsers of untrusted files throw whatever a broken page makes them run into: it is empty.
    }
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    if (++operators > MAX_OPERATORS) {
      throw new TooMuch();
    }
    super.processOperator(operator, operands);
  }

  @Override
  protected void startPage(PDPage each) {
    page = new ArrayList<>();
    line = new PrintedLine();
  }

  @Override
  protected void endPage(PDPage each) {
    endLine();
    pages.put(getCurrentPageNo(), PrintedPage.lines(page, Place.LINES_OF_PAGE - 1));
  }

  @Override
  protected void writeString(String text, List<TextPosition> positions) {
    characters += text.length();
    letters += text.chars().filter(Character::isLetter).count();
    if (characters > PdfText.MAX_CHARACTERS) {
      throw new TooMuch();
    }
    line.add(text, positions);
  }

  @Override
  protected void writeString(String text) {
    line.add(text, List.of());
  }

  @Override
  protected void writeCharacters(TextPosition text) {}

  @Override
  protected void writeWordSeparator() {
    line.add(" ", List.of());
  }

  @Override
  protected void writeLineSeparator() {
    endLine();
  }

  @Override
  protected void writeParagraphStart() throws IOException {
    super.writeParagraphStart();
    endLine();
    line.beginParagraph();
  }

  private void endLine() {
    if (!line.isEmpty()) {
      page.add(line);
      line = new PrintedLine();
    }
  }
}
