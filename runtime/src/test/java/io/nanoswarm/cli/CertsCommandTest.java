package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates for a trial, and what is said to who goes without. */
class CertsCommandTest {
  @TempDir Path folder;
  private CommandLineFixture cli;

  @BeforeEach
  void open() {
    cli = new CommandLineFixture(folder);
  }

  @AfterEach
  void close() {
    assertThat(cli.nodes.started).isEqualTo(cli.nodes.closed);
    cli.close();
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Test
  void certificates_are_made_once_with_a_key_for_the_eyes_of_its_owner() throws Exception {
    assertThat(cli.run("certs", "trial", "--hosts", "10.0.0.1,node-2.example"))
        .as(cli.err())
        .isZero();
    var place = folder.resolve("trial");
    assertThat(cli.out())
        .isEqualTo(
            """
            export NANOSWARM_TLS_CERTIFICATE=%1$s/node.pem
            export NANOSWARM_TLS_KEY=%1$s/node-key.pem
            export NANOSWARM_TLS_CA=%1$s/ca.pem
            """
                .formatted(place));
    var node = certificate(place.resolve("node.pem"));
    node.verify(certificate(place.resolve("ca.pem")).getPublicKey());
    var names = node.getSubjectAlternativeNames().stream().map(name -> name.get(1).toString());
    assertThat(names).containsExactly("nanoswarm", "10.0.0.1", "node-2.example");
    assertThat(cli.err()).contains("valid for 30 days", "whoever has");
    var key = place.resolve("node-key.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    try (var files = Files.list(place)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("and neither a key of the CA nor a key store")
          .containsExactlyInAnyOrder("node.pem", "node-key.pem", "ca.pem");
    }

    Files.delete(place.resolve("ca.pem"));
    var before = Files.readString(key);
    assertThat(cli.run("certs", "trial")).isEqualTo(2);
    assertThat(cli.err()).contains("exists already, and stays as it is").doesNotContain("\tat ");
    assertThat(Files.readString(key)).isEqualTo(before);
    assertThat(place.resolve("ca.pem")).doesNotExist();
  }

  @Test
  void what_is_no_host_is_refused_and_nothing_is_made() throws IOException {
    for (var host : new String[] {"10.0.0.1:25520", "999.0.0.1", "a b", "-x"}) {
      assertThat(cli.run("certs", "trial", "--hosts", "good.example," + host)).isEqualTo(2);
      assertThat(cli.err()).contains("'%s' is no host".formatted(host)).doesNotContain("\tat ");
    }
    assertThat(folder.resolve("trial")).doesNotExist();
  }

  @Test
  void a_node_that_strangers_can_join_is_told_so() {
    cli.nodes.startable.add(cli.node());
    cli.nodes.startable.add(cli.node());
    cli.nodes.lost = CompletableFuture.completedStage("gone");
    assertThat(cli.run("up")).isEqualTo(6);
    assertThat(cli.err()).doesNotContain("TLS");
    cli.nodes.open = true;
    assertThat(cli.run("up", "--host", "10.0.0.1")).isEqualTo(6);
    assertThat(cli.err()).contains("no TLS: whoever reaches 127.0.0.1:1 is part of the swarm");
  }
}
