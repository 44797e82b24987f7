package io.nanoswarm.mirror;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Evidence;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An entry as Markdown: who wrote it and when, what it says, and what it rests on. */
final class EntryPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private EntryPage() {}

  static String of(Entry entry) {
    var page = new StringBuilder(header(entry));
    if (entry.unfinished()) {
      page.append(
          ">\n> **Unfinished:** the attempt that wrote this ended without settling its task.\n");
    }
    page.append('\n').append(entry.draft().content().strip()).append('\n');
    if (!entry.draft().evidence().isEmpty()) {
      page.append("\n---\n\n**Evidence**\n");
      entry.draft().evidence().forEach(each -> page.append(evidence(each)));
    }
    return page.toString();
  }

  private static String header(Entry entry) {
    return "> %s · %s · revision %d\n"
        .formatted(author(entry.author()), time(entry.at()), entry.revision());
  }

  private static String author(Author author) {
    return switch (author) {
      case Author.Agent(var name, var task, _) ->
          "**%s** for task `%s`".formatted(name, task.name());
      case Author.Swarm _ -> "**The swarm**";
    };
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }

  private static String evidence(Evidence each) {
    var fence = "`".repeat(Math.max(3, longestRunOfBackticks(each.quote()) + 1));
    var lines = each.lastLine() == each.firstLine() ? "" : " to " + each.lastLine();
    return "\n`%s`%s\n\n%s\n%s\n%s\n"
        .formatted(each.place(), lines, fence, each.quote().stripTrailing(), fence);
  }

  /** A quotation must not end the fence that holds it. */
  private static int longestRunOfBackticks(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
