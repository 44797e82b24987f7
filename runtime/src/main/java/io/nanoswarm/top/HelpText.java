package io.nanoswarm.top;

import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Tone;
import java.util.ArrayList;
import java.util.List;

/** What {@code ?} shows. */
final class HelpText {
  private static final String TEXT =
      """
      1 2 3 4, Tab   sessions, agents, queues, nodes
      arrows, j k    another row; PgUp PgDn, g G: further
      a              answer what the session asks you
      c              cancel the session, for good
      p              pause it: nothing more is begun
      r              let it go on, if it is paused
      + -            make it more, or less, urgent
      x              kill the agent's JVM: another is
                     started, and what it worked on is
                     done again
      d              drain the node: its agents go
                     elsewhere, each when it has finished
                     what it works on
      Ctrl-L         draw everything anew
      q, Ctrl-C      quit; the swarm goes on
      """;

  private HelpText() {}

  static List<Line> lines(Look look) {
    var lines = new ArrayList<Line>();
    lines.add(look.line().space(1).text(Tone.STRONG, "Keys"));
    TEXT.lines().forEach(text -> lines.add(look.line().space(1).text(text)));
    lines.add(look.line());
    lines.add(look.line().space(1).text(Tone.DIM, "any key goes back"));
    return lines;
  }
}
