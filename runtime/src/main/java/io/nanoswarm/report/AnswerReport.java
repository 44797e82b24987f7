package io.nanoswarm.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.EntryView;
import io.nanoswarm.api.SessionView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the last question of a session, with all it rests on. Its JSON is documented in
 * {@code docs/cli.md}.
 *
 * <p>Guarantees: fields keep name and meaning as long as {@link #schema} stays; new ones may come.
 * The same session gives the same report.
 *
 * @param structure how the folder hangs together, as the architect posted it; null if nobody did
 * @param figures what was counted, as the analyst posted it; null if nobody did
 * @param uncovered words of the question that no finding speaks of
 * @param missing what was not done or not read
 */
public record AnswerReport(
    String schema,
    About session,
    Answer answer,
    List<FoundPlace> findings,
    @Nullable JsonNode structure,
    @Nullable JsonNode figures,
    List<String> uncovered,
    List<String> missing,
    List<TaskTime> tasks) {
  public static final String SCHEMA = "nanoswarm.answer/1";

  private static final Pattern SPACE = Pattern.compile(" +");

  /**
   * Whose answer it is.
   *
   * @param kind of the question, if the planner told
   * @param seconds from opening to end; null while it runs
   */
  public record About(
      String id,
      String goal,
      @Nullable String kind,
      String status,
      @Nullable String reason,
      String workspace,
      int files,
      Instant openedAt,
      @Nullable Instant endedAt,
      @Nullable Double seconds) {}

  /**
   * What was answered.
   *
   * @param found whether anything in the folder answers
   * @param markdown the whole of it; empty if there is none
   * @param statements the sentences that it leads with
   */
  public record Answer(boolean found, String markdown, List<Statement> statements) {}

  /**
   * @param seconds null if it did not begin and end
   */
  public record TaskTime(
      String id, String role, @Nullable String agent, String state, @Nullable Double seconds) {}

  public static AnswerReport of(
      SessionView session, @Nullable String markdown, List<EntryView> entries) {
    Optional<EntryView> answer = kind("answer", entries);
    Optional<EntryView> critique = kind("critique", entries);
    return new AnswerReport(
        SCHEMA,
        about(session, answer.map(each -> each.attributes().get("question")).orElse(null)),
        new Answer(
            answer
                .map(each -> each.attributes().getOrDefault("found", "true").equals("true"))
                .orElse(markdown != null),
            markdown == null ? "" : markdown,
            markdown == null ? List.of() : Statement.in(markdown)),
        entries.stream()
            .filter(each -> isOfQuestion(each, session))
            .map(each -> FoundPlace.of(each, critique))
            .flatMap(Optional::stream)
            .sorted(FoundPlace.BY_MERIT)
            .toList(),
        json("structure", entries),
        json("figures", entries),
        critique
            .map(each -> each.attributes().getOrDefault("uncovered", ""))
            .map(words -> SPACE.splitAsStream(words).filter(word -> !word.isEmpty()).toList())
            .orElse(List.of()),
        session.missing(),
        session.tasks().stream().map(AnswerReport::time).toList());
  }

  /** What was found for earlier questions is on the same blackboard. */
  private static boolean isOfQuestion(EntryView entry, SessionView session) {
    return session.earlier().isEmpty()
        || session.tasks().stream().anyMatch(task -> task.id().equals(entry.task()));
  }

  private static About about(SessionView session, @Nullable String kind) {
    return new About(
        session.id(),
        session.goal(),
        kind,
        session.status(),
        session.reason(),
        session.workspace(),
        session.files(),
        session.openedAt(),
        session.endedAt(),
        seconds(session.openedAt(), session.endedAt()));
  }

  private static TaskTime time(SessionView.TaskView task) {
    return new TaskTime(
        task.id(),
        task.role(),
        task.agent(),
        task.state(),
        seconds(task.beganAt(), task.endedAt()));
  }

  private static @Nullable Double seconds(@Nullable Instant began, @Nullable Instant ended) {
    return began == null || ended == null ? null : Duration.between(began, ended).toMillis() / 1e3;
  }

  private static Optional<EntryView> kind(String kind, List<EntryView> entries) {
    return entries.stream()
        .filter(each -> kind.equals(each.attributes().get("kind")))
        .max(Comparator.comparing(EntryView::at));
  }

  /** An attribute that has the name of its entry's kind; nothing if it is no JSON. */
  private static @Nullable JsonNode json(String kind, List<EntryView> entries) {
    String text = kind(kind, entries).map(each -> each.attributes().get(kind)).orElse(null);
    try {
      return text == null ? null : ApiJson.mapper().readTree(text);
    } catch (JsonProcessingException _) {
      return null;
    }
  }
}
