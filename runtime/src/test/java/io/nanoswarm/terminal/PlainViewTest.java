package io.nanoswarm.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.client.Story;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainViewTest {
  private Instant now = Story.START;

  @Test
  void each_notable_event_is_a_line_with_the_time_since_the_start() {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var view = new PlainView(out, Look.PLAIN, () -> now, command -> "./swarm " + command);

    for (var event :
        List.of(
            Story.opening(),
            Story.planned(),
            Story.up("critic-1", "critic", 4722, 0),
            Story.doing("critic-1", "not worth a line"),
            Story.down("critic-1", 4722),
            Story.cut("check", "critic-1"),
            Story.up("critic-1", "critic", 4802, 1),
            Story.handedOff("check", "critic-1", "judge"),
            Story.trouble("the journal cannot be written"),
            Story.ended("check", "critic-1", "dead", "3 attempts used up"))) {
      view.show(event);
      now = now.plusSeconds(31);
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
              0:00  › session 7f3a-session: 214 files in /home/ada/shop
              0:31  › planned 5 tasks: 3 researcher, 1 critic, 1 coordinator
              1:02  › critic-1 is up (pid 4722)
              2:04  ▲ critic-1 (pid 4722) died: killed by signal 9 (SIGKILL); restarting
              2:35  ▲ critic-1 lost an attempt: Check the findings (its JVM ended); it is tried again
              3:06  ↻ critic-1 is back (pid 4802), restart 1
              3:37  › critic-1 handed off to judge: Check the findings
              4:08  ▲ the journal cannot be written
              4:39  ✘ dead: Check the findings: 3 attempts used up
            """);
  }
}
