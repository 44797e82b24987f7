package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/kubernetes.md} has people type makes what the manifests expect. */
class KubernetesPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PRODUCTION =
      ROOT.resolve("cluster-config/kubernetes/overlays/production");
  private static final Pattern SECRET = Pattern.compile("create secret generic (\\S+) (.*)");
  private static final Pattern FROM_FILE = Pattern.compile("--from-file=(?:([\\w.-]+)=)?(\\S+)");
  private static final Pattern OURS = Pattern.compile("cluster-config/[\\w./-]+");

  private static final Pattern PUSHED = Pattern.compile("--tag (\\S+) && docker push (\\S+)\n");

  @TempDir Path folder;

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/kubernetes.md"));
  }

  /** All lines that are to be typed. */
  private static List<String> typed() throws IOException {
    return Pattern.compile("(?s)```bash\n(.*?)```")
        .matcher(page())
        .results()
        .flatMap(block -> block.group(1).lines())
        .toList();
  }

  static Stream<String> made() throws IOException {
    return typed().stream().filter(line -> line.startsWith("kubectl") && line.contains(" create "));
  }

  /** The files of each secret, by the lines that make it. */
  private static Map<String, TreeSet<String>> secrets() throws IOException {
    var secrets = new TreeMap<String, TreeSet<String>>();
    for (String line : typed()) {
      var secret = SECRET.matcher(line);
      if (secret.find()) {
        secrets.put(secret.group(1), files(secret.group(2)));
      }
    }
    return secrets;
  }

  private static TreeSet<String> files(String options) {
    return FROM_FILE
        .matcher(options)
        .results()
        .map(file -> file.group(1) == null ? file.group(2) : file.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void the_secrets_that_are_made_have_the_files_that_pods_read_and_no_others() throws IOException {
    var read = new TreeMap<String, TreeSet<String>>();
    for (Map<String, Object> document : Kustomization.resolve(PRODUCTION)) {
      String text = new Gson().toJson(document);
      var node = new ObjectMapper().readTree(text).at("/spec/template/spec");
      for (var volume : node.path("volumes")) {
        String secret = volume.at("/secret/secretName").asText();
        for (var mount : node.at("/containers/0/volumeMounts")) {
          if (!secret.isEmpty() && mount.path("name").equals(volume.path("name"))) {
            Pattern.compile(Pattern.quote(mount.path("mountPath").asText()) + "/([\\w.-]+)")
                .matcher(node.at("/containers/0/env").toString())
                .results()
                .forEach(
                    file -> read.computeIfAbsent(secret, _ -> new TreeSet<>()).add(file.group(1)));
          }
        }
      }
    }

    assertThat(secrets()).hasSize(3).isEqualTo(read);
  }

  @Test
  void every_path_of_the_project_that_it_names_is_there() throws IOException {
    var named = OURS.matcher(page()).results().map(path -> path.group()).toList();

    assertThat(named)
        .hasSizeGreaterThan(3)
        .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
  }

  @Test
  void the_image_that_is_built_and_pushed_is_the_one_that_pods_run() throws IOException {
    var pushed = PUSHED.matcher(page());
    assertThat(pushed.find()).isTrue();

    assertThat(pushed.group(2)).isEqualTo(pushed.group(1));
    assertThat(
            Kustomization.resolve(PRODUCTION).stream()
                .map(document -> new ObjectMapper().<JsonNode>valueToTree(document))
                .flatMap(document -> document.at("/spec/template/spec/containers").valueStream())
                .map(container -> container.path("image").asText()))
        .hasSize(2)
        .containsOnly(pushed.group(1));
  }

  @TestFactory
  Stream<DynamicTest> what_a_line_for_kubectl_names_is_there() throws IOException {
    var inline = Pattern.compile("`(kubectl [^`]+)`").matcher(page()).results();
    var lines =
        Stream.concat(
                typed().stream().filter(line -> line.startsWith("kubectl ")),
                inline.map(line -> line.group(1)))
            .toList();
    assertThat(lines).hasSizeGreaterThan(8);
    return lines.stream().map(line -> dynamicTest(line, () -> check(line)));
  }

  private static void check(String line) throws IOException {
    var words = new ArrayList<>(List.of(line.split(" ")));
    words.removeFirst();
    if (words.getFirst().equals("-n")) {
      words.removeFirst();
      assertThat(page()).contains("\nkubectl create namespace " + words.removeFirst() + "\n");
    }
    var documents = Kustomization.resolve(PRODUCTION);
    switch (words.removeFirst()) {
      case "apply", "delete" -> {
        if (words.size() > 1) {
          assertThat(words).hasSize(2).startsWith("-k");
          assertThat(ROOT.resolve(words.get(1)).resolve("kustomization.yaml")).exists();
        }
      }
      case "exec" -> {
        String pod = words.getFirst();
        int dash = pod.lastIndexOf('-');
        assertThat(replicas(documents, "StatefulSet", pod.substring(0, dash)))
            .isGreaterThan(Integer.parseInt(pod.substring(dash + 1)));
        assertThat(words.get(1)).isEqualTo("--");
        assertThat(Files.readString(ROOT.resolve("cluster-config/image/Containerfile")))
            .contains(" /usr/local/bin/" + words.get(2) + "\n");
      }
      case "scale" -> {
        String kind = words.getFirst().equals("deployment") ? "Deployment" : words.getFirst();
        assertThat(replicas(documents, kind, words.get(1))).isPositive();
        assertThat(words.get(2)).matches("--replicas=[1-9]");
      }
      case "create" -> assertThat(words.getFirst()).isIn("namespace", "secret");
      case "drain" -> assertThat(words).as("it names nothing of ours").isEmpty();
      default -> fail("nothing checks this line: %s", line);
    }
  }

  private static int replicas(List<Map<String, Object>> documents, String kind, String name) {
    return documents.stream()
        .filter(each -> kind.equals(each.get("kind")) && name.equals(Kustomization.name(each)))
        .map(each -> new ObjectMapper().<JsonNode>valueToTree(each).at("/spec/replicas").asInt())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
  }

  @ParameterizedTest
  @MethodSource("made")
  void kubectl_makes_what_a_line_says_where_there_is_one(String line) throws Exception {
    assumeThat(kubectl()).as("kubectl is on the path").isTrue();
    for (var file : FROM_FILE.matcher(line).results().toList()) {
      if (!file.group(2).startsWith("<(")) {
        Files.writeString(folder.resolve(file.group(2)), "text\n");
      }
    }
    var process =
        new ProcessBuilder("bash", "-euc", line + " --dry-run=client --output=json")
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    process.getOutputStream().close();
    var made = new ObjectMapper().readTree(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("errors"))).isZero();

    var keys = new TreeSet<String>();
    made.path("data").fieldNames().forEachRemaining(keys::add);
    assertThat(keys).isEqualTo(files(line));
  }

  private static boolean kubectl() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }
}
