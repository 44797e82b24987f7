package io.nanoswarm.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.cluster.ClusterSettings;
import io.nanoswarm.cluster.NodeRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node makes of the certificates that it is told to use, before it starts. */
class TlsSettingsTest {
  @TempDir static Path folder;
  private static TrialCertificates ours;
  private static TrialCertificates theirs;

  @BeforeAll
  static void make() throws Exception {
    ours = TrialCertificates.make(folder.resolve("ours"), List.of());
    theirs = TrialCertificates.make(folder.resolve("theirs"), List.of());
  }

  private static ClusterSettings settings(String host, Object certificate, Object key, Object ca) {
    return ClusterSettings.of(
        ConfigFactory.parseMap(
                Map.of(
                    "swarm.cluster.host", host,
                    "swarm.cluster.tls.certificate-file", certificate.toString(),
                    "swarm.cluster.tls.key-file", key.toString(),
                    "swarm.cluster.tls.ca-file", ca.toString()))
            .withFallback(ConfigFactory.load()));
  }

  private static ClusterSettings settings(Object certificate, Object key, Object ca) {
    return settings("127.0.0.1", certificate, key, ca);
  }

  @Test
  void files_that_fit_together_switch_every_connection_to_tls() {
    var told =
        settings(ours.certificate(), ours.key(), ours.ca())
            .pekko(NodeRole.CONTROL)
            .withFallback(ConfigFactory.load())
            .getConfig("pekko.remote.artery");
    assertThat(told.getString("transport")).isEqualTo("tls-tcp");
    assertThat(told.getString("ssl.ssl-engine-provider")).endsWith("RotatingKeysSSLEngineProvider");
    var files = told.getConfig("ssl.rotating-keys-engine");
    assertThat(files.getString("protocol")).isEqualTo("TLSv1.3");
    assertThat(files.getString("cert-file")).isEqualTo(ours.certificate().toString());
    assertThat(files.getString("key-file")).isEqualTo(ours.key().toString());
    assertThat(files.getString("ca-cert-file")).isEqualTo(ours.ca().toString());
  }

  @Test
  void none_is_no_tls_and_some_are_refused() {
    assertThat(
            settings("", "", "").pekko(NodeRole.CONTROL).hasPath("pekko.remote.artery.transport"))
        .isFalse();
    assertThatThrownBy(() -> settings(ours.certificate(), "", ours.ca()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "swarm.cluster.tls.key-file: '' (expected: a file, since"
                + " swarm.cluster.tls.certificate-file is set: all three or none)");
  }

  @Test
  void what_does_not_fit_is_told_with_key_file_and_expectation() throws IOException {
    var nowhere = folder.resolve("nowhere.pem");
    assertRefused(nowhere, ours.key(), ours.ca(), "certificate-file", nowhere, "can read");
    assertRefused(ours.certificate(), nowhere, ours.ca(), "key-file", nowhere, "can read");
    assertRefused(ours.certificate(), ours.key(), folder, "ca-file", folder, "can read");
    assertRefused(
        ours.key(), ours.key(), ours.ca(), "certificate-file", ours.key(), "a certificate in PEM");
    assertRefused(
        ours.certificate(), ours.ca(), ours.ca(), "key-file", ours.ca(), "an RSA key in PEM");
    assertRefused(
        ours.certificate(),
        theirs.key(),
        ours.ca(),
        "key-file",
        theirs.key(),
        "the key of the certificate in swarm.cluster.tls.certificate-file");
    assertRefused(
        ours.certificate(),
        ours.key(),
        theirs.ca(),
        "certificate-file",
        ours.certificate(),
        "issued by that in swarm.cluster.tls.ca-file");
    var locked = Files.copy(ours.key(), folder.resolve("broken.pem"));
    Files.writeString(locked, Files.readString(locked).replace("PRIVATE", "ENCRYPTED PRIVATE"));
    assertRefused(
        ours.certificate(), locked, ours.ca(), "key-file", locked, "that is not encrypted");
  }

  private static void assertRefused(
      Path certificate, Path key, Path ca, String setting, Path value, String expected)
      throws IOException {
    var secret = Files.readAllLines(ours.key()).get(1);
    assertThatThrownBy(() -> settings(certificate, key, ca))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("swarm.cluster.tls.%s: '%s' (expected: ", setting, value)
        .hasMessageContaining(expected)
        .message()
        .doesNotContain(secret);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, false", "localhost, false", "[::1], false", "10.1.2.3, true"})
  void a_node_is_open_to_strangers_beyond_its_own_machine_without_tls(String host, boolean open) {
    assertThat(settings(host, "", "", "").isOpenToStrangers()).isEqualTo(open);
    assertThat(settings(host, ours.certificate(), ours.key(), ours.ca()).isOpenToStrangers())
        .isFalse();
  }
}
