package io.nanoswarm.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What settings have by default where a node is started; each is a file of {@code layers}, and goes
 * before {@code reference.conf} and after everything that people set.
 */
public enum Layer {
  /** A node that is alone. */
  LOCAL,
  /** A node that shares its swarm with others. */
  CLUSTER,
  /** The same in a pod of our manifests. */
  KUBERNETES,
  /** The node of a load test. */
  LOAD;

  /** The variable that chooses one, where the choice by what is started is not right. */
  public static final String VARIABLE = "NANOSWARM_LAYER";

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where it stands on the class path. */
  public String resource() {
    return "layers/%s.conf".formatted(word());
  }

  public Config config() {
    return ConfigFactory.parseResources(resource());
  }

  /**
   * @throws IllegalArgumentException naming the variable, the word and those that there are
   */
  public static Layer of(String word) {
    return Arrays.stream(values())
        .filter(layer -> layer.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s: '%s' (expected: %s)"
                    .formatted(
                        VARIABLE,
                        word,
                        Arrays.stream(values())
                            .map(Layer::word)
                            .collect(Collectors.joining(", ")))));
  }
}
