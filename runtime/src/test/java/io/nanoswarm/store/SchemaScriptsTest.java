package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has been applied to somebody's database is not written anew: the next script changes it. */
class SchemaScriptsTest {
  @ParameterizedTest
  @CsvSource({
    "h2/001-journal.sql,28a664ea63c8a50911b1435e9bc6b0e68bb24d07f67239363bfbf4757717cca3",
    "postgresql/001-journal.sql,1f0fb978104d5805fc15409df07c250683112bb380b22c190c17048953b2a5a7"
  })
  void a_released_script_is_never_changed(String script, String sha256)
      throws IOException, NoSuchAlgorithmException {
    try (var content = SchemaScriptsTest.class.getResourceAsStream("/schema/" + script)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
      assertThat(HexFormat.of().formatHex(hash)).isEqualTo(sha256);
    }
  }
}
