package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.Gson;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import io.nanoswarm.cluster.ClusterSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The manifests of {@code cluster-config/kubernetes}, held against the models that the Kubernetes
 * project publishes, and against the program that they start. No cluster is needed, and none was
 * asked: what a cluster does with them is not tested here.
 */
class KubernetesManifestsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path MANIFESTS = ROOT.resolve("cluster-config/kubernetes");
  private static final String NAMESPACE = "trial-of-names";
  private static final String OURS = "nanoswarm";
  private static final Pattern VARIABLE = Pattern.compile("NANOSWARM_[A-Z_]+[A-Z]");

  /** By {@code apiVersion/kind}: a kind that is not here is not checked, and so not allowed. */
  private static final Map<String, Class<?>> MODELS =
      Map.of(
          "v1/Service", V1Service.class,
          "v1/ServiceAccount", V1ServiceAccount.class,
          "v1/PersistentVolumeClaim", V1PersistentVolumeClaim.class,
          "apps/v1/StatefulSet", V1StatefulSet.class,
          "apps/v1/Deployment", V1Deployment.class,
          "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class,
          "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class);

  /** Pods that something starts. */
  private record Workload(String name, int replicas, V1PodTemplateSpec template) {
    V1PodSpec pod() {
      return template.getSpec();
    }

    V1Container container() {
      return pod().getContainers().getFirst();
    }

    boolean isOurs() {
      return OURS.equals(template.getMetadata().getLabels().get("app.kubernetes.io/name"));
    }

    Map<String, String> labels() {
      return template.getMetadata().getLabels();
    }

    Map<String, String> environment() {
      Map<String, String> values = new TreeMap<>();
      for (V1EnvVar variable : container().getEnv()) {
        values.put(variable.getName(), variable.getValue() == null ? "" : variable.getValue());
      }
      return values;
    }

    int port(String name) {
      return container().getPorts().stream()
          .filter(port -> name.equals(port.getName()))
          .map(V1ContainerPort::getContainerPort)
          .findFirst()
          .orElseThrow(() -> new AssertionError("%s has no port %s".formatted(this.name, name)));
    }
  }

  /** One of the folders, resolved and read as what it is said to be. */
  private record Installation(String name, List<Map<String, Object>> documents) {
    static Installation of(String name) throws IOException {
      return new Installation(name, Kustomization.resolve(MANIFESTS.resolve(name)));
    }

    <T> List<T> all(Class<T> model) {
      return documents.stream()
          .map(KubernetesManifestsTest::model)
          .filter(model::isInstance)
          .map(model::cast)
          .toList();
    }

    List<Workload> workloads() {
      return Stream.concat(
              all(V1StatefulSet.class).stream()
                  .map(each ->
                      new Workload(
                          each.getMetadata().getName(),
                          each.getSpec().getReplicas(),
                          each.getSpec().getTemplate())),
              all(V1Deployment.class).stream()
                  .map(each ->
                      new Workload(
                          each.getMetadata().getName(),
                          each.getSpec().getReplicas(),
                          each.getSpec().getTemplate())))
          .toList();
    }

    Workload workload(String workload) {
      return workloads().stream()
          .filter(each -> each.name().equals(workload))
          .findFirst()
          .orElseThrow();
    }

    List<Workload> selected(Map<String, String> labels) {
      assertThat(labels).as("an empty selector means all").isNotEmpty();
      return workloads().stream()
          .filter(each -> each.labels().entrySet().containsAll(labels.entrySet()))
          .toList();
    }
  }

  /** Strictly: no field that the model does not have, and all that it requires. */
  private static Object model(Map<String, Object> document) {
    String kind = document.get("apiVersion") + "/" + document.get("kind");
    assertThat(MODELS).containsKey(kind);
    return JSON.getGson().fromJson(new Gson().toJson(document), MODELS.get(kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void every_manifest_is_what_the_published_models_say(String name) throws IOException {
    var documents = Installation.of(name).documents();

    assertThat(documents).hasSizeGreaterThan(8);
    assertThat(documents).allSatisfy(each -> assertThat(model(each)).isNotNull());
    assertThat(documents.stream().map(each -> each.get("kind") + "/" + Kustomization.name(each)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "serviceName: control, servceName: control, servceName",
    "readOnlyRootFilesystem: true, readOnlyRootFileSystem: true, readOnlyRootFileSystem",
    "'path: /ready', 'paths: /ready', paths",
    "'port: endpoint', 'prt: endpoint', prt",
    "replicas: 3, replicas: three, three",
    "'- name: node', '- image: another', image",
    "serviceAccountName: swarm, serviceAccountNames: swarm, serviceAccountNames"
  })
  void a_manifest_with_a_mistake_is_refused(String right, String wrong, String told)
      throws IOException {
    String text = Files.readString(MANIFESTS.resolve("base/control.yaml"));
    assertThat(text).contains(right);

    assertThatThrownBy(() ->
            Kustomization.parse(text.replace(right, wrong))
                .forEach(each -> model(Kustomization.map(each))))
        .hasMessageContaining(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void kustomize_comes_to_the_same_where_there_is_one(String name) throws Exception {
    assumeThat(kubectl()).as("kubectl is on the path").isTrue();
    var process =
        new ProcessBuilder("kubectl", "kustomize", MANIFESTS.resolve(name).toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).isZero();

    assertThat(Kustomization.parse(text))
        .containsExactlyInAnyOrderElementsOf(new ArrayList<>(Installation.of(name).documents()));
  }

  private static boolean kubectl() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void every_variable_is_one_that_the_program_knows(String name) throws IOException {
    var known = known();
    for (Workload each : Installation.of(name).workloads()) {
      for (String variable : each.environment().keySet()) {
        assertThat(!variable.startsWith("NANOSWARM_") || known.contains(variable))
            .as("%s of %s", variable, each.name())
            .isTrue();
      }
    }
    assertThat(known).doesNotContain("NANOSWARM_HOSTS");
  }

  /** Those that settings are read from, and the one that names the data folder. */
  private static Set<String> known() throws IOException {
    Set<String> known = new HashSet<>();
    for (String source :
        List.of(
            "cluster-config/src/main/resources/reference.conf",
            "runtime/src/main/resources/reference.conf",
            "cluster-config/src/main/java/io/nanoswarm/cluster/Layer.java",
            "runtime/src/main/java/io/nanoswarm/cli/CommonOptions.java")) {
      VARIABLE
          .matcher(Files.readString(ROOT.resolve(source)))
          .results()
          .forEach(found -> known.add(found.group()));
    }
    return known;
  }

  /** A number or a Boolean there is refused by Kubernetes, though not by the models. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void the_value_of_a_variable_is_a_text(String name) throws IOException {
    List<Object> values = new ArrayList<>();
    Installation.of(name).documents().forEach(each -> values(each, values));
    assertThat(values).isNotEmpty().hasOnlyElementsOfType(String.class);
  }

  private static void values(Object at, List<Object> found) {
    switch (at) {
      case List<?> list -> list.forEach(each -> values(each, found));
      case Map<?, ?> fields -> {
        if (fields.containsKey("name") && fields.containsKey("value")) {
          found.add(fields.get("value"));
        }
        fields.values().forEach(each -> values(each, found));
      }
      default -> {}
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void the_nodes_that_are_joined_are_the_pods_of_the_stateful_set(String name) throws IOException {
    var installation = Installation.of(name);
    V1StatefulSet control = installation.all(V1StatefulSet.class).getFirst();
    var service =
        installation.all(V1Service.class).stream()
            .filter(each -> each.getMetadata().getName().equals(control.getSpec().getServiceName()))
            .findFirst()
            .orElseThrow();
    assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
    var nodes = installation.workload("control");
    var names =
        IntStream.range(0, nodes.replicas())
            .mapToObj(number ->
                "%s-%d.%s.%s.svc.cluster.local"
                    .formatted(
                        control.getMetadata().getName(),
                        number,
                        service.getMetadata().getName(),
                        NAMESPACE))
            .toList();
    var places = names.stream().map(each -> each + ":" + nodes.port("cluster")).toList();

    for (int number = 0; number < nodes.replicas(); number++) {
      var told = cluster(nodes, "control-" + number);
      assertThat(told.host()).isEqualTo(names.get(number));
      assertThat(told.bindHost()).isEqualTo("10.0.0.7");
      assertThat(told.port()).isEqualTo(nodes.port("cluster"));
      assertThat(told.join()).isEqualTo(places);
    }
    var machine = cluster(installation.workload("machine"), "machine-x");
    assertThat(machine.join()).isEqualTo(places);
    assertThat(machine.host()).isEqualTo("10.0.0.7");
    assertThat(machine.port()).isEqualTo(installation.workload("machine").port("cluster"));
  }

  /** As the program reads what a pod's environment comes to. Of TLS there are no files here. */
  private static ClusterSettings cluster(Workload nodes, String pod) {
    Map<String, String> environment = new HashMap<>(nodes.environment());
    environment.putAll(Map.of("POD_NAME", pod, "POD_NAMESPACE", NAMESPACE, "POD_IP", "10.0.0.7"));
    return ClusterSettings.of(config(environment));
  }

  /** What a node makes of these variables, but for its files, which are not here. */
  private static Config config(Map<String, String> environment) {
    Map<String, String> told = new HashMap<>();
    environment.forEach((variable, value) -> {
      if (!variable.startsWith("NANOSWARM_TLS_")) {
        told.put(
            variable,
            Pattern.compile("\\$\\((\\w+)\\)")
                .matcher(value)
                .replaceAll(found -> environment.getOrDefault(found.group(1), "x")));
      }
    });
    return LayeredSettings.Sources.of(told).control(Map.of()).config();
  }

  /** Kubernetes fills in a variable only where it stands behind those that it names. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void what_a_variable_refers_to_stands_before_it(String name) throws IOException {
    for (Workload each : Installation.of(name).workloads()) {
      Set<String> before = new HashSet<>();
      for (V1EnvVar variable : each.container().getEnv()) {
        String value = variable.getValue() == null ? "" : variable.getValue();
        Pattern.compile("\\$\\((\\w+)\\)")
            .matcher(value)
            .results()
            .forEach(found -> assertThat(before).contains(found.group(1)));
        before.add(variable.getName());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void probes_ask_what_the_endpoint_answers_without_a_token(String name) throws IOException {
    var control = Installation.of(name).workload("control");
    String routes =
        Files.readString(Path.of("src/main/java/io/nanoswarm/http/EndpointRoutes.java"));
    var endpoint = EndpointSettings.of(config(control.environment()));
    assertThat(endpoint).isEqualTo(new EndpointSettings("0.0.0.0", control.port("endpoint")));
    assertThat(control.environment()).containsKey("NANOSWARM_TOKEN_FILE");
    Map<V1Probe, String> probes =
        Map.of(
            control.container().getStartupProbe(), "/alive",
            control.container().getLivenessProbe(), "/alive",
            control.container().getReadinessProbe(), "/ready");
    probes.forEach((probe, path) -> {
      assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
      assertThat(probe.getHttpGet().getPort().getStrValue()).isEqualTo("endpoint");
      // What they answer, and that they do without a token: LookingIntoNodeTest.
      assertThat(routes).contains("path(\"%s\"".formatted(path.substring(1)));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void nobody_is_killed_while_it_ends_in_order(String name) throws IOException {
    var installation = Installation.of(name);
    Duration agents = ConfigFactory.load().getDuration("swarm.cluster.leave-within").plusSeconds(5);
    Duration machine = agents.plus(Joining.LEAVE_WITHIN).plus(Joining.STOP_WITHIN);
    Duration control = machine.plus(Joining.STOP_WITHIN.multipliedBy(2));

    assertThat(installation.workload("machine").pod().getTerminationGracePeriodSeconds())
        .isGreaterThan(machine.toSeconds());
    assertThat(installation.workload("control").pod().getTerminationGracePeriodSeconds())
        .isGreaterThan(control.toSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void whatever_is_selected_is_there(String name) throws IOException {
    var installation = Installation.of(name);
    installation
        .all(V1Service.class)
        .forEach(service -> {
          var selected = installation.selected(service.getSpec().getSelector());
          assertThat(selected).as(service.getMetadata().getName()).hasSize(1);
          service
              .getSpec()
              .getPorts()
              .forEach(port ->
                  assertThat(selected.getFirst().port(port.getTargetPort().getStrValue()))
                      .isEqualTo(port.getPort()));
        });
    installation
        .all(V1PodDisruptionBudget.class)
        .forEach(budget -> {
          var spec = budget.getSpec();
          assertThat(installation.selected(spec.getSelector().getMatchLabels())).hasSize(1);
          assertThat(spec.getMaxUnavailable().getIntValue()).isEqualTo(1);
        });
    installation
        .all(V1StatefulSet.class)
        .forEach(each ->
            assertThat(
                    installation.selected(each.getSpec().getSelector().getMatchLabels()).stream()
                        .map(Workload::name))
                .containsExactly(each.getMetadata().getName()));
    installation
        .all(V1Deployment.class)
        .forEach(each ->
            assertThat(
                    installation.selected(each.getSpec().getSelector().getMatchLabels()).stream()
                        .map(Workload::name))
                .containsExactly(each.getMetadata().getName()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void policies_let_through_what_the_program_needs_and_name_ports_that_there_are(String name)
      throws IOException {
    var installation = Installation.of(name);
    var policies = new TreeMap<String, V1NetworkPolicy>();
    installation
        .all(V1NetworkPolicy.class)
        .forEach(each -> policies.put(each.getMetadata().getName(), each));
    for (V1NetworkPolicy policy : policies.values()) {
      var selected = installation.selected(policy.getSpec().getPodSelector().getMatchLabels());
      assertThat(selected).isNotEmpty();
      if (policy.getSpec().getIngress() != null) {
        policy.getSpec().getIngress().stream()
            .filter(rule -> rule.getPorts() != null)
            .flatMap(rule -> rule.getPorts().stream())
            .forEach(port ->
                assertThat(selected.getFirst().port(port.getPort().getStrValue())).isPositive());
      }
    }
    assertThat(policies.get("swarm-deny").getSpec().getIngress()).isNullOrEmpty();
    assertThat(policies.get("swarm-deny").getSpec().getEgress()).isNullOrEmpty();
    assertThat(policies.get("swarm-deny").getSpec().getPolicyTypes())
        .containsExactlyInAnyOrder("Ingress", "Egress");
    assertThat(policies.get("swarm-members").getSpec().getIngress().getFirst().getPorts())
        .as("workers take free ports")
        .isNullOrEmpty();
    var address = installation.workload("control").environment().get("NANOSWARM_POSTGRESQL_URL");
    assertThat(address)
        .contains(
            ":%d/"
                .formatted(
                    policies
                        .get("swarm-postgresql")
                        .getSpec()
                        .getEgress()
                        .getFirst()
                        .getPorts()
                        .getFirst()
                        .getPort()
                        .getIntValue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void secrets_are_files_of_volumes_and_nothing_else(String name) throws IOException {
    var installation = Installation.of(name);
    for (Workload each : installation.workloads()) {
      List<V1Volume> volumes = each.pod().getVolumes();
      var folders =
          each.container().getVolumeMounts().stream()
              .filter(mount ->
                  volumes.stream()
                      .anyMatch(volume ->
                          volume.getName().equals(mount.getName()) && volume.getSecret() != null))
              .map(V1VolumeMount::getMountPath)
              .toList();
      each.environment()
          .forEach((variable, value) -> {
            if (variable.matches(".*(PASSWORD|TOKEN|TLS).*")) {
              assertThat(folders)
                  .as("%s=%s of %s", variable, value, each.name())
                  .anyMatch(folder -> Path.of(value).getParent().equals(Path.of(folder)));
            }
          });
      assertThat(each.container().getEnv())
          .noneMatch(variable ->
              variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null);
      assertThat(each.container().getEnvFrom()).isNullOrEmpty();
    }
    assertThat(installation.documents()).noneMatch(each -> "Secret".equals(each.get("kind")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/production"})
  void pods_may_do_nothing_that_they_need_not(String name) throws IOException {
    for (Workload each : Installation.of(name).workloads()) {
      var pod = each.pod();
      var container = each.container();
      assertThat(pod.getContainers()).hasSize(1);
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(container.getResources().getLimits()).containsKey("memory");
      assertThat(container.getVolumeMounts().stream().map(V1VolumeMount::getName))
          .containsExactlyInAnyOrderElementsOf(
              pod.getVolumes().stream().map(V1Volume::getName).toList());
      if (each.isOurs()) {
        assertThat(container.getVolumeMounts().stream().map(V1VolumeMount::getMountPath))
            .contains(each.environment().get("NANOSWARM_DATA"), "/tmp");
      }
    }
  }

  @Test
  void the_image_is_the_one_that_is_built_under_its_user() throws IOException {
    String file = Files.readString(ROOT.resolve("cluster-config/image/Containerfile"));
    String version =
        Pattern.compile("(?m)^  <version>(.*)</version>$")
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    for (Workload each : Installation.of("base").workloads()) {
      assertThat(each.container().getImage()).isEqualTo("nanoswarm:" + version);
      var user = each.pod().getSecurityContext();
      assertThat(file).contains("USER %d:%d".formatted(user.getRunAsUser(), user.getRunAsGroup()));
      assertThat(user.getFsGroup()).isEqualTo(user.getRunAsGroup());
    }
    for (Workload each : Installation.of("overlays/production").workloads()) {
      assertThat(each.container().getImage()).isEqualTo("registry.example/nanoswarm:" + version);
    }
  }
}
