package io.nanoswarm.offline.document;

/** A document has no text that could be searched. */
public final class UnreadableDocument extends Exception {
  private final Reason reason;

  /** Why; the text is what people see. */
  public enum Reason {
    ENCRYPTED("encrypted"),
    DAMAGED("damaged"),
    NO_TEXT("no text in it"),
    TOO_MUCH("too much in it");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  UnreadableDocument(Reason reason) {
    super(reason.text(), null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
