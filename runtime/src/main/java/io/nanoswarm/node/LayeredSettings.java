package io.nanoswarm.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import io.nanoswarm.cluster.Layer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a node, put together of its layers. What is set nearer to the person goes
 * first: system properties, the command line, variables of the environment, the person's own file,
 * the {@link Layer} of where the node is started, what its kind of node needs, {@code
 * reference.conf}.
 *
 * <p>Guarantees: what is returned by {@link Sources#control} and {@link Sources#machine} has no key
 * of ours that the program does not know, and every settings record can be read from it.
 *
 * @param layer that was chosen
 * @param config resolved
 */
record LayeredSettings(Layer layer, Config config) {
  static final String FILE_VARIABLE = "NANOSWARM_CONFIG";
  static final String OURS = "swarm";
  static final String COMMAND_LINE = "command line";
  private static final String JOIN = "swarm.cluster.join";

  /**
   * What people set, but for the command line.
   *
   * @param environment of the process
   * @param file of their own, null if there is none
   * @param usual layer of a node that is alone, if the environment names none
   */
  record Sources(Map<String, String> environment, @Nullable Path file, Layer usual) {
    Sources {
      environment = Map.copyOf(environment);
    }

    static Sources of(Map<String, String> environment) {
      String file = environment.getOrDefault(FILE_VARIABLE, "");
      return new Sources(
          environment, file.isEmpty() ? null : Path.of(file).toAbsolutePath(), Layer.LOCAL);
    }

    Sources with(Path other) {
      return new Sources(environment, other, usual);
    }

    /** As if the environment named this layer. */
    Sources named(String layer) {
      var told = new HashMap<>(environment);
      told.put(Layer.VARIABLE, layer);
      return new Sources(told, file, usual);
    }

    Sources of(Layer other) {
      return new Sources(environment, file, other);
    }

    /**
     * @param options of the command line, by their path
     * @throws SettingsProblem if anything of it makes no sense
     */
    LayeredSettings control(Map<String, String> options) {
      return put("control.conf", options, usual, CheckedSettings::check);
    }

    /**
     * The same for who looks and starts no node: values that no node could start with are shown.
     *
     * @throws SettingsProblem if a key is unknown, or a file cannot be read
     */
    LayeredSettings shown() {
      return put("control.conf", Map.of(), usual, _ -> {});
    }

    /** The same for a machine node, which is never alone. */
    LayeredSettings machine(Map<String, String> options) {
      return put("machine.conf", options, Layer.CLUSTER, CheckedSettings::check);
    }

    private LayeredSettings put(
        String own, Map<String, String> options, Layer alone, Consumer<Config> check) {
      try {
        Config stated = stated(options);
        Config defaults = ConfigFactory.defaultReference();
        Layer layer = layer(stated.withFallback(defaults).resolve(), alone);
        Config whole =
            stated
                .withFallback(layer.config())
                .withFallback(ConfigFactory.parseResources(own))
                .withFallback(defaults)
                .resolve();
        KnownKeys.ofDefaults(defaults).check(whole);
        check.accept(whole);
        return new LayeredSettings(layer, whole);
      } catch (ConfigException e) {
        throw new SettingsProblem(String.valueOf(e.getMessage()));
      }
    }

    private Config stated(Map<String, String> options) {
      return ConfigFactory.defaultOverrides()
          .withFallback(ConfigFactory.parseMap(options, COMMAND_LINE))
          .withFallback(variables())
          .withFallback(file == null ? ConfigFactory.empty() : parsed(file));
    }

    /** What {@code reference.conf} takes from the environment, to go before files. */
    private Config variables() {
      Config told = ConfigFactory.empty();
      for (var variable : new TreeMap<>(environment).entrySet()) {
        if (variable.getKey().matches("NANOSWARM_\\w+")) {
          told =
              told.withValue(
                  variable.getKey(),
                  ConfigValueFactory.fromAnyRef(variable.getValue(), "$" + variable.getKey()));
        }
      }
      Config ours = ConfigFactory.defaultReferenceUnresolved().withOnlyPath(OURS);
      Config resolved =
          ours.withFallback(told)
              .resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false))
              .withOnlyPath(OURS);
      Config found = ConfigFactory.empty();
      for (var entry : resolved.entrySet()) {
        if (entry.getValue().origin().description().startsWith("$")) {
          found = found.withValue(entry.getKey(), entry.getValue());
        }
      }
      return found;
    }

    private static Config parsed(Path file) {
      File named = file.toFile();
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new SettingsProblem(
            "%s: no file that can be read (expected: settings, as --config or %s says)"
                .formatted(file, FILE_VARIABLE));
      }
      var options = ConfigParseOptions.defaults().setAllowMissing(false);
      boolean told = file.toString().matches(".*\\.(conf|json|properties)");
      return ConfigFactory.parseFile(named, told ? options : options.setSyntax(ConfigSyntax.CONF));
    }

    private Layer layer(Config stated, Layer alone) {
      String named = environment.getOrDefault(Layer.VARIABLE, "");
      String join = join(stated);
      boolean joins = !join.isBlank();
      if (named.isEmpty()) {
        return joins ? Layer.CLUSTER : alone;
      }
      Layer layer = Layer.of(named);
      if (joins && (layer == Layer.LOCAL || layer == Layer.LOAD)) {
        throw new SettingsProblem(
            "%s: '%s' with %s '%s' (expected: cluster or kubernetes, where others are joined)"
                .formatted(Layer.VARIABLE, named, JOIN, join));
      }
      return layer;
    }
  }

  private static String join(Config stated) {
    return new AskedConfig(stated).asked().getString(JOIN);
  }
}
