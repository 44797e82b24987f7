package io.nanoswarm.agent;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Expectation;
import io.nanoswarm.blackboard.RevisionConflict;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.Assignment;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.typed.javadsl.ActorSource;
import org.jspecify.annotations.Nullable;

/** The session's blackboard as one attempt may see and change it. Thread safe. */
final class AttemptBoard implements SwarmContext.Board {
  /** What a reader may be behind by: more than a blackboard holds at a time. */
  private static final int WATCH_BUFFER = 4096;

  private final Author.Agent author;
  private final Map<TaskId, Fence> settledBy = new HashMap<>();
  private final HostLinks links;
  private final AttemptSpans spans;
  private final Runnable refuseIfOver;
  private final Consumer<AttemptEar.Watch> listen;

  AttemptBoard(
      Author.Agent author,
      Assignment assignment,
      HostLinks links,
      AttemptSpans spans,
      Runnable refuseIfOver,
      Consumer<AttemptEar.Watch> listen) {
    this.author = author;
    this.links = links;
    this.spans = spans;
    this.refuseIfOver = refuseIfOver;
    this.listen = listen;
    for (Assignment.TaskResult result : assignment.results()) {
      if (result.fence() != null) {
        settledBy.put(result.task(), result.fence());
      }
    }
  }

  @Override
  public CompletionStage<Entry> post(Draft draft) {
    return post(draft, new Expectation.Anything());
  }

  @Override
  public CompletionStage<Entry> post(Draft draft, long expectedRevision) {
    return post(draft, new Expectation.Revision(expectedRevision));
  }

  @Override
  public CompletionStage<List<Entry>> read(Section section) {
    try {
      refuseIfOver.run();
    } catch (AttemptOver over) {
      return CompletableFuture.failedFuture(over);
    }
    return readFrom(section, null, new ArrayList<>());
  }

  @Override
  public Source<Entry, NotUsed> watch(Set<Section> sections, long afterRevision) {
    var wanted = Set.copyOf(sections);
    return Source.lazySource(
            () -> {
              refuseIfOver.run();
              return watched(wanted, afterRevision);
            })
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private Source<Entry, NotUsed> watched(Set<Section> sections, long afterRevision) {
    Source<BoardNews, ActorRef<BoardNews>> source =
        ActorSource.actorRef(
            news -> news instanceof BoardNews.Over,
            _ -> Optional.empty(),
            WATCH_BUFFER,
            OverflowStrategy.fail());
    return source
        .collectType(BoardNews.Changed.class)
        .map(BoardNews.Changed::entry)
        .filter(entry -> sections.contains(entry.path().section()) && visible(entry))
        .mapMaterializedValue(reader -> {
          listen.accept(new AttemptEar.Watch(afterRevision, reader));
          return NotUsed.getInstance();
        });
  }

  private CompletionStage<Entry> post(Draft draft, Expectation expected) {
    try {
      refuseIfOver.run();
    } catch (AttemptOver over) {
      return CompletableFuture.failedFuture(over);
    }
    return spans.during(
        "post",
        Map.of("nanoswarm.blackboard.section", draft.path().section().folder()),
        _ -> ask(draft, expected),
        _ -> null);
  }

  private CompletionStage<Entry> ask(Draft draft, Expectation expected) {
    return AskPattern.<ShardingEnvelope<Blackboard.Command>, Blackboard.PostReply>ask(
            links.gate().blackboards(),
            replyTo -> envelope(new Blackboard.Post(draft, author, expected, replyTo)),
            links.settings().askTimeout(),
            links.scheduler())
        .thenApply(this::posted);
  }

  private Entry posted(Blackboard.PostReply reply) {
    return switch (reply) {
      case Blackboard.Posted(var entry) -> entry;
      case Blackboard.AttemptSuperseded(var task, var presented, var current) ->
          throw new AttemptOver(
              task,
              "its entries carry fence %s, and %s has come since".formatted(presented, current));
      case Blackboard.Conflict(var path, var expected, var actual) ->
          throw new RevisionConflict(path, expected, actual);
      case Blackboard.Full(var of, var limit) ->
          throw new IllegalStateException(
              "the blackboard of %s is full (%s: at most %d)"
                  .formatted(
                      author.task().session(),
                      of.name().toLowerCase(java.util.Locale.ROOT),
                      limit));
    };
  }

  private CompletionStage<List<Entry>> readFrom(
      Section section, @Nullable EntryPath after, List<Entry> before) {
    return AskPattern.<ShardingEnvelope<Blackboard.Command>, Blackboard.Entries>ask(
            links.gate().blackboards(),
            replyTo -> envelope(new Blackboard.Read(Set.of(section), false, after, replyTo)),
            links.settings().askTimeout(),
            links.scheduler())
        .thenCompose(page -> {
          page.entries().stream().filter(this::visible).forEach(before::add);
          return page.next() == null
              ? CompletableFuture.completedFuture(List.copyOf(before))
              : readFrom(section, page.next(), before);
        });
  }

  /** Of a task that has settled, just what the settling attempt posted. */
  private boolean visible(Entry entry) {
    return !(entry.author() instanceof Author.Agent(_, var task, var fence))
        || settledBy.getOrDefault(task, fence).equals(fence);
  }

  private ShardingEnvelope<Blackboard.Command> envelope(Blackboard.Command command) {
    return new ShardingEnvelope<>(author.task().session().value(), command);
  }
}
