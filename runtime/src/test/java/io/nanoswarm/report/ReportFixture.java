package io.nanoswarm.report;

import io.nanoswarm.api.EntryView;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.api.SessionView.TaskView;
import io.nanoswarm.blackboard.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session with everything that a report may show; some of its files mean harm. */
public final class ReportFixture {
  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  static final String HARM = "<script>alert('x')</script>";

  public static final String ANSWER =
      """
      # Where are lost orders sent again?

      - An order that its courier loses is sent again, free of charge. — `src/shop/Courier.java:12`
      - The pump is described on its page, with `pump --start`. — `guide.pdf:p12:3`, `docs/a.html:7`

      ## Where to look

      1. `src/shop/Courier.java:10` **Courier.lost** — `orders.sendAgain(order);`

      | file | times |
      |---|--:|
      | `src/shop/Courier.java` | 12 |

      """
          + HARM
          + "\n\n![a picture](https://example.org/track.png) and"
          + " [a link](javascript:alert(1)) in _Searched 214 files._\n";

  private ReportFixture() {}

  static SessionView session() {
    return new SessionView(
        "7f3a-session",
        "Where are lost orders sent again?",
        "/home/me/shop",
        214,
        "partial",
        START,
        START.plusMillis(4321),
        null,
        List.of("Not done: part 3"),
        List.of(
            new TaskView(
                "research-1",
                "researcher",
                "search part 1",
                "completed",
                "researcher-1",
                1,
                null,
                START,
                START.plusSeconds(2),
                List.of())),
        List.of(),
        "/tmp/session",
        List.of(),
        null,
        "normal");
  }

  static List<EntryView> entries() {
    var entries = new ArrayList<EntryView>();
    entries.add(
        finding(
            "0.9",
            "Courier.lost",
            new Evidence(
                "src/shop/Courier.java",
                10,
                14,
                """
                /**
                 * Called when nobody knows where it is.
                 * An order that its courier loses is sent again, free
                 * of charge. "%s"
                 */\
                """
                    .formatted(HARM)),
            "An order that its courier loses is sent again, free of charge.",
            12));
    entries.add(
        finding(
            "0.7",
            HARM,
            new Evidence("guide.pdf", 12_003, 12_004, "## Pumps\nThe pump is described."),
            "",
            12_003));
    entries.add(finding("0.2", "weak", new Evidence("weak.txt", 1, 1, "Weak."), "Weak.", 1));
    entries.add(
        entry(
            "critiques/critique.md",
            Map.of(
                "kind", "critique",
                "uncovered", "courier fee",
                "verdict src/shop/Courier.java:10", "keep",
                "verdict guide.pdf:p12:3", "keep",
                "verdict weak.txt:1", "weak"),
            List.of()));
    entries.add(entry("final/answer.md", Map.of("kind", "answer", "found", "true"), List.of()));
    entries.add(
        entry(
            "designs/structure.md",
            Map.of("kind", "structure", "structure", STRUCTURE),
            List.of()));
    entries.add(
        entry("designs/figures.md", Map.of("kind", "figures", "figures", FIGURES), List.of()));
    return entries;
  }

  private static EntryView finding(
      String score, String name, Evidence evidence, String sentence, int line) {
    return entry(
        "findings/research-1/" + score,
        Map.of(
            "kind", "finding",
            "name", name,
            "score", score,
            "sentence", sentence,
            "sentence-line", Integer.toString(line)),
        List.of(evidence));
  }

  private static EntryView entry(
      String path, Map<String, String> attributes, List<Evidence> evidence) {
    return new EntryView(
        path, 1, "agent-1", "research-1", "1.1", START, false, "# Entry\n", evidence, attributes);
  }

  private static final String STRUCTURE =
      """
      {"files": 214, "linked": 200, "modules": [
        {"path": "shop-app", "kind": "Maven", "files": 40, "layer": 3, "purpose": "Puts it together", "said": []},
        {"path": "shop-web", "kind": "Maven", "files": 60, "layer": 2, "purpose": "What customers see & do", "said": []},
        {"path": "shop-admin", "kind": "Maven", "files": 12, "layer": 2, "purpose": "", "said": []},
        {"path": "shop-orders", "kind": "Maven", "files": 55, "layer": 1, "purpose": "Orders", "said": []},
        {"path": "shop-billing-and-accounting", "kind": "Maven", "files": 30, "layer": 1, "purpose": "<b>Money</b>", "said": []},
        {"path": "shop-base", "kind": "Maven", "files": 17, "layer": 0, "purpose": "", "said": []}],
       "dependencies": [
        {"from": "shop-app", "to": "shop-web", "imports": 12, "testImports": 0},
        {"from": "shop-app", "to": "shop-admin", "imports": 3, "testImports": 1},
        {"from": "shop-app", "to": "shop-base", "imports": 3, "testImports": 1},
        {"from": "shop-web", "to": "shop-orders", "imports": 120, "testImports": 4},
        {"from": "shop-admin", "to": "shop-orders", "imports": 9, "testImports": 0},
        {"from": "shop-admin", "to": "shop-billing-and-accounting", "imports": 8, "testImports": 0},
        {"from": "shop-orders", "to": "shop-billing-and-accounting", "imports": 5, "testImports": 0},
        {"from": "shop-billing-and-accounting", "to": "shop-orders", "imports": 1, "testImports": 0},
        {"from": "shop-orders", "to": "shop-base", "imports": 44, "testImports": 0},
        {"from": "shop-billing-and-accounting", "to": "shop-base", "imports": 14, "testImports": 0}]}
      """;

  private static final String FIGURES =
      """
      {"languages": [{"name": "Java", "files": 180, "lines": 21034}, {"name": "Markdown", "files": 20, "lines": 2310},
        {"name": "YAML", "files": 14, "lines": 412}],
       "largest": [{"path": "shop-orders/src/main/java/com/example/shop/orders/OrderBook.java", "lines": 911},
        {"path": "a<b>.java", "lines": 500}],
       "history": {"churn": [{"path": "shop-orders/OrderBook.java", "commits": 31, "last": "2026-01-02"}]}}
      """;

  /** Writes the page of this session: {@code ReportFixture <file>}. */
  public static void main(String[] arguments) throws Exception {
    var _ =
        Files.writeString(
            Path.of(arguments[0]), AnswerPage.of(AnswerReport.of(session(), ANSWER, entries())));
  }
}
