package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseSettingsTest {
  private static final String URL = "jdbc:postgresql://db:5432/swarm";
  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  @Test
  void without_a_word_the_journal_is_a_file_of_the_data_folder() throws StoreProblem {
    var settings = DatabaseSettings.of(ConfigFactory.load(), Map.of());
    assertThat(settings.address()).isEmpty();
    assertThat(settings.database(folder.resolve("journal"), folder)).isInstanceOf(H2File.class);
  }

  @Test
  void a_server_is_named_by_its_address_and_its_password_by_variable_or_file()
      throws StoreProblem, IOException {
    var byVariable = of(Map.of("url", URL + "?sslmode=require", "user", "me"), SECRET);
    assertThat(byVariable.server())
        .isEqualTo(new DatabaseSettings.Server(URL + "?sslmode=require", "me", SECRET, 8));
    assertThat(byVariable.address()).contains("postgresql://db:5432/swarm");

    var file = Files.writeString(folder.resolve("password"), SECRET + "\n");
    var byFile = of(Map.of("url", URL, "password-file", file.toString()), "");
    assertThat(byFile.server()).isEqualTo(new DatabaseSettings.Server(URL, "", SECRET, 8));
    assertThat(byFile.toString()).doesNotContain(SECRET);
    assertThat(of(Map.of("url", URL), "").server())
        .isEqualTo(new DatabaseSettings.Server(URL, "", null, 8));
  }

  @Test
  void what_makes_no_sense_is_told_with_key_value_and_expectation() {
    assertThat(refusal(Map.of("database", "oracle"), ""))
        .hasMessage("swarm.journal.database is 'oracle' (expected: h2 or postgresql)");
    assertThat(refusal(Map.of("database", "h2", "url", URL), ""))
        .hasMessageContaining("swarm.journal.postgresql.url is set");
    assertThat(refusal(Map.of(), ""))
        .hasMessage(
            "swarm.journal.postgresql.url is '' (expected: jdbc:postgresql://host:5432/database)");
    assertThat(refusal(Map.of("url", URL, "connections", 1), ""))
        .hasMessage("swarm.journal.postgresql.connections is 1 (expected: 2 to 200)");
    assertThat(refusal(Map.of("url", URL, "password-file", folder + "/none"), ""))
        .hasMessageContaining("%s/none' (expected: a file with the password", folder);
  }

  @Test
  void a_password_in_an_address_is_refused_and_not_repeated() {
    for (String url :
        new String[] {
          URL + "?user=me&password=" + SECRET,
          URL + "?sslPassword=" + SECRET,
          "jdbc:postgresql://me:" + SECRET + "@db/swarm",
          "postgres://me:" + SECRET + "@db/swarm"
        }) {
      var problem = refusal(Map.of("url", url), "");
      assertThat(problem).hasMessageContaining("holds a user or a password");
      assertThat(problem.getMessage() + problem.hint()).doesNotContain(SECRET);
    }
    assertThat(refusal(Map.of("url", URL, "password-file", "/some/file"), SECRET))
        .hasMessageContaining("are both set")
        .hasMessageNotContaining(SECRET);
  }

  private static StoreProblem refusal(Map<String, Object> told, String password) {
    var problem = catchThrowableOfType(StoreProblem.class, () -> of(told, password));
    assertThat(problem).isNotNull();
    assertThat(problem.hint()).isNotBlank();
    return problem;
  }

  private static DatabaseSettings of(Map<String, ?> told, String password) throws StoreProblem {
    var keys = new HashMap<String, Object>(Map.of("swarm.journal.database", "postgresql"));
    told.forEach((key, value) ->
        keys.put(
            key.equals("database") ? "swarm.journal.database" : "swarm.journal.postgresql." + key,
            value));
    Config config = ConfigFactory.parseMap(keys).withFallback(ConfigFactory.load());
    return DatabaseSettings.of(config, Map.of("NANOSWARM_POSTGRESQL_PASSWORD", password));
  }
}
