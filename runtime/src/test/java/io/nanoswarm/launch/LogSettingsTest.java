package io.nanoswarm.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.LogFields;
import io.nanoswarm.session.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSettingsTest {

  @Test
  void a_line_of_json_is_one_object_with_the_ids_of_what_it_is_about() throws IOException {
    var context = new LoggerContext();
    context.putProperty(JsonLines.NODE, "127.0.0.1:25520");
    var event = event(context, "two\nlines, \"quoted\"", new IllegalStateException("bad"));
    event.setMDCPropertyMap(
        LogFields.of(new AgentName("reader-1"), new TaskId("s-123/find.deep"), new Fence(2, 7)));

    String line = line(context, event);

    assertThat(line).endsWith("\n").hasLineCount(1);
    JsonNode json = new JsonMapper().readTree(line);
    assertThat(json.get("formattedMessage").textValue()).isEqualTo("two\nlines, \"quoted\"");
    assertThat(json.get("level").textValue()).isEqualTo("WARN");
    assertThat(json.at("/throwable/message").textValue()).isEqualTo("bad");
    assertThat(json.get("node").textValue()).isEqualTo("127.0.0.1:25520");
    assertThat(json.get("session").textValue()).isEqualTo("s-123");
    assertThat(json.get("task").textValue()).isEqualTo("find.deep");
    assertThat(json.get("attempt").textValue()).isEqualTo("2.7");
    assertThat(json.get("agent").textValue()).isEqualTo("reader-1");
  }

  @Test
  void what_is_not_known_is_no_field_of_a_line() throws IOException {
    var context = new LoggerContext();
    var event = event(context, "plain", null);
    event.setMDCPropertyMap(Map.of());

    JsonNode json = new JsonMapper().readTree(line(context, event));

    assertThat(json.has("session")).isFalse();
    assertThat(json.has("node")).isFalse();
  }

  @Test
  void text_is_the_default_and_another_format_is_refused_with_its_variable() {
    Config config = ConfigFactory.parseResources("reference.conf").resolve();

    assertThat(LogSettings.of(config).format()).isEqualTo(LogFormat.TEXT);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            LogSettings.of(
                ConfigFactory.parseString("swarm.log.format = xml").withFallback(config)))
        .withMessage("swarm.log.format (NANOSWARM_LOG_FORMAT): 'xml' (expected: text or json)");
  }

  private static LoggingEvent event(LoggerContext context, String message, Throwable thrown) {
    return new LoggingEvent(
        "test", context.getLogger("test"), Level.WARN, message, thrown, new Object[0]);
  }

  private static String line(LoggerContext context, LoggingEvent event) {
    return new String(LogFormat.JSON.encoder(context, "").encode(event), StandardCharsets.UTF_8);
  }
}
