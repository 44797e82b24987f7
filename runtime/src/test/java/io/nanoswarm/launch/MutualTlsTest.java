package io.nanoswarm.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.certificates.TrialCertificates;
import io.nanoswarm.cluster.ClusterSettings;
import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.supervisor.Isolation;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real sockets, and a real worker. */
@Timeout(180)
class MutualTlsTest {
  /** For those who are let in. Long enough for a busy machine; nothing waits for its end. */
  private static final String FOR_EVER = "off";

  /** After which those who are not let in give up; members took less than a second. */
  private static final String FOR_A_WHILE = "5s";

  record Word(String text) implements CborSerializable {}

  @TempDir static Path folder;
  private static TrialCertificates ours;
  private static TrialCertificates theirs;
  private final List<ActorTestKit> others = new ArrayList<>();
  private final List<ControlNode> nodes = new ArrayList<>();

  @BeforeAll
  static void make() throws Exception {
    ours = TrialCertificates.make(folder.resolve("ours"), List.of());
    theirs = TrialCertificates.make(folder.resolve("theirs"), List.of());
  }

  /** All at once: one that closes a connection waits for the other side. */
  @AfterEach
  void end() throws Exception {
    others.forEach(kit -> kit.system().terminate());
    nodes.forEach(node -> node.kit.system().terminate());
    others.forEach(ActorTestKit::shutdownTestKit);
    for (ControlNode node : nodes) {
      node.close();
    }
  }

  private ControlNode node(String name, Config tls) throws DataFolderProblem {
    var node = new ControlNode(folder.resolve(name), tls);
    nodes.add(node);
    return node;
  }

  private static Config with(TrialCertificates certificates) {
    return ClusterSettings.of(
            ConfigFactory.parseMap(
                    Map.of(
                        "swarm.cluster.tls.certificate-file", certificates.certificate().toString(),
                        "swarm.cluster.tls.key-file", certificates.key().toString(),
                        "swarm.cluster.tls.ca-file", certificates.ca().toString()))
                .withFallback(ConfigFactory.load()))
        .pekko(NodeRole.CONTROL, NodeRole.MACHINE)
        .withFallback(withoutTls());
  }

  /** Systems of this test end without taking leave of others, some of which have ended before. */
  private static Config withoutTls() {
    return ConfigFactory.parseString(
        """
        pekko.coordinated-shutdown.run-by-actor-system-terminate = off
        pekko.actor.testkit.typed.system-shutdown-default = 60s
        """);
  }

  /** Another node, which wants to be a member of this one's cluster. */
  private ActorTestKit comer(ControlNode node, Config tls, String patience) {
    var joining =
        ConfigFactory.parseMap(
            Map.of(
                "pekko.cluster.roles",
                List.of(NodeRole.MACHINE.id()),
                "pekko.cluster.seed-nodes",
                List.of(node.kit.system().address().toString()),
                "pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes",
                patience));
    var kit =
        ActorTestKit.create(
            "swarm",
            joining
                .withFallback(tls)
                .withFallback(ConfigFactory.parseResources("control-node.conf"))
                .withFallback(ConfigFactory.load())
                .resolve());
    others.add(kit);
    return kit;
  }

  /** Whether it has become a member, as soon as that is decided. */
  private static boolean isMember(ActorTestKit comer) throws Exception {
    var decided = new CompletableFuture<Boolean>();
    var system = comer.system();
    org.apache.pekko.cluster.Cluster.get(system).registerOnMemberUp(() -> decided.complete(true));
    system.getWhenTerminated().thenRun(() -> decided.complete(false));
    return decided.get(ControlNode.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static int members(ControlNode node) {
    int count = 0;
    for (var _ : Cluster.get(node.kit.system()).state().getMembers()) {
      count++;
    }
    return count;
  }

  private static void say(String text, ActorTestKit from, TestProbe<Word> to, ControlNode at) {
    var address = ActorRefResolver.get(at.kit.system()).toSerializationFormat(to.ref());
    ActorRefResolver.get(from.system()).<Word>resolveActorRef(address).tell(new Word(text));
  }

  @Test
  void members_with_certificates_of_one_ca_form_a_cluster_and_have_workers() throws Exception {
    var tls = with(ours);
    var node = node("one-ca", tls);
    var friend = comer(node, tls, FOR_EVER);
    assertThat(isMember(friend)).isTrue();

    node.ensure(ControlNode.spec("idle", IdleAgent.class.getName()), 1, Isolation.PROCESS);
    node.awaitUp();

    assertThat(members(node)).as("node, friend, worker").isEqualTo(3);
    node.stopAll();
  }

  @Test
  void a_worker_is_told_where_the_key_is_and_not_what_it_is() throws IOException {
    var told = WorkerConfig.sharedBy(with(ours).withFallback(nodeConfig()));
    assertThat(told).contains(ours.key().toString());
    for (var line : Files.readAllLines(ours.key())) {
      assertThat(told).doesNotContain(line);
    }
  }

  @Test
  void a_worker_is_reached_by_the_host_of_its_node_and_listens_where_that_listens() {
    var node =
        ClusterSettings.of(
            ConfigFactory.parseMap(
                    Map.of(
                        "swarm.cluster.host",
                        "node-1.example",
                        "swarm.cluster.bind-host",
                        "10.1.2.3"))
                .withFallback(ConfigFactory.load()));
    var told =
        ConfigFactory.parseString(
            WorkerConfig.sharedBy(node.pekko(NodeRole.MACHINE).withFallback(nodeConfig())));
    assertThat(told.getString("pekko.remote.artery.canonical.hostname"))
        .isEqualTo("node-1.example");
    assertThat(told.getString("pekko.remote.artery.bind.hostname")).isEqualTo("10.1.2.3");
  }

  private static Config nodeConfig() {
    return ConfigFactory.parseResources("control.conf")
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  @Test
  void a_stranger_with_another_ca_or_without_tls_neither_joins_nor_sends() throws Exception {
    var node = node("strangers", with(ours));
    var heard = node.kit.createTestProbe(Word.class);
    for (var tls : List.of(with(theirs), withoutTls())) {
      var stranger = comer(node, tls, FOR_A_WHILE);
      say("stranger", stranger, heard, node);
      assertThat(isMember(stranger)).isFalse();
    }

    var friend = comer(node, with(ours), FOR_EVER);
    assertThat(isMember(friend)).isTrue();
    say("friend", friend, heard, node);

    assertThat(heard.receiveMessage(ControlNode.PATIENCE)).isEqualTo(new Word("friend"));
    assertThat(members(node)).as("node, friend").isEqualTo(2);
  }

  @Test
  void a_node_with_tls_joins_nobody_without() throws Exception {
    var node = node("lonely", withoutTls());
    assertThat(isMember(comer(node, with(ours), FOR_A_WHILE))).isFalse();
    assertThat(members(node)).isEqualTo(1);
  }

  @Test
  void without_tls_whoever_reaches_the_port_joins_and_sends() throws Exception {
    var node = node("open", withoutTls());
    var heard = node.kit.createTestProbe(Word.class);
    var stranger = comer(node, withoutTls(), FOR_EVER);
    assertThat(isMember(stranger)).isTrue();
    say("stranger", stranger, heard, node);
    assertThat(heard.receiveMessage(ControlNode.PATIENCE)).isEqualTo(new Word("stranger"));
  }

  @Test
  void who_shows_no_certificate_is_cut_off_before_anything_is_read() throws Exception {
    var node = node("port", with(ours));
    int port = node.kit.system().address().port().map(Integer.class::cast).get();
    var context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trustOf(ours).getTrustManagers(), null);
    try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("certificate");
    }
    try (var plain = new Socket("127.0.0.1", port)) {
      plain.getOutputStream().write(new byte[64]);
      assertThat(plain.getInputStream().readAllBytes())
          .as("an alert, and the end")
          .hasSizeLessThan(16);
    }
  }

  private static TrustManagerFactory trustOf(TrialCertificates certificates) throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    try (var in = Files.newInputStream(certificates.ca())) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
