package io.nanoswarm.node;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.nanoswarm.api.AnswerDepth;
import io.nanoswarm.api.EntryView;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.offline.answer.Answer;
import io.nanoswarm.session.QuestionNames;
import io.nanoswarm.session.SessionId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/** Reads blackboards for people. */
public final class Boards {
  private final Asking asking;
  private final ActorRef<ShardingEnvelope<Blackboard.Command>> blackboards;

  Boards(Asking asking, ActorRef<ShardingEnvelope<Blackboard.Command>> blackboards) {
    this.asking = asking;
    this.blackboards = blackboards;
  }

  /** Every entry by path, those of unfinished attempts included. */
  public CompletionStage<List<EntryView>> entries(SessionId session) {
    return read(session, EnumSet.allOf(Section.class), true, null, new ArrayList<>())
        .thenApply(entries -> entries.stream().map(Boards::view).toList());
  }

  /**
   * What stands in {@code final/} for a session's latest question, in the order of paths; empty if
   * nothing does. Of what a task has posted in a short and a longer form, one is taken.
   *
   * @param question its number, from 1
   */
  public CompletionStage<String> answer(SessionId session, int question, AnswerDepth depth) {
    return read(session, Set.of(Section.FINAL), false, null, new ArrayList<>())
        .thenApply(entries -> entries.stream().filter(entry -> isOf(question, entry)).toList())
        .thenApply(entries ->
            (depth == AnswerDepth.FULL ? longer(entries) : shorter(entries))
                .map(entry -> entry.draft().content())
                .collect(Collectors.joining("\n\n")));
  }

  private static Stream<Entry> shorter(List<Entry> entries) {
    return entries.stream().filter(entry -> !isLongerForm(entry));
  }

  private static Stream<Entry> longer(List<Entry> entries) {
    Set<Author> wroteMore =
        entries.stream()
            .filter(Boards::isLongerForm)
            .map(Entry::author)
            .collect(Collectors.toSet());
    return entries.stream()
        .filter(entry -> isLongerForm(entry) || !wroteMore.contains(entry.author()));
  }

  private static boolean isLongerForm(Entry entry) {
    return entry.draft().attributes().containsKey(Answer.LONGER_FORM);
  }

  private static boolean isOf(int question, Entry entry) {
    return !(entry.author() instanceof Author.Agent author)
        || QuestionNames.isOf(question, author.task());
  }

  private CompletionStage<List<Entry>> read(
      SessionId session,
      Set<Section> sections,
      boolean unfinished,
      @Nullable EntryPath after,
      List<Entry> before) {
    return asking
        .<Blackboard.Command, Blackboard.Entries>ask(
            blackboards,
            session.value(),
            replyTo -> new Blackboard.Read(sections, unfinished, after, replyTo))
        .thenCompose(page -> {
          before.addAll(page.entries());
          return page.next() == null
              ? completedFuture(before)
              : read(session, sections, unfinished, page.next(), before);
        });
  }

  private static EntryView view(Entry entry) {
    return switch (entry.author()) {
      case Author.Agent agent ->
          view(entry, agent.name().value(), agent.task().name(), agent.fence().toString());
      case Author.Swarm _ -> view(entry, "swarm", null, null);
    };
  }

  private static EntryView view(
      Entry entry, String author, @Nullable String task, @Nullable String fence) {
    return new EntryView(
        entry.path().value(),
        entry.revision(),
        author,
        task,
        fence,
        entry.at(),
        entry.unfinished(),
        entry.draft().content(),
        entry.draft().evidence(),
        entry.draft().attributes());
  }
}
