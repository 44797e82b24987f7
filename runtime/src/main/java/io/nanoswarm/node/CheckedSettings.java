package io.nanoswarm.node;

import com.typesafe.config.Config;
import io.nanoswarm.agent.AgentHostSettings;
import io.nanoswarm.blackboard.BlackboardSettings;
import io.nanoswarm.bus.BusSettings;
import io.nanoswarm.channel.DurableChannelSettings;
import io.nanoswarm.cluster.ClusterSettings;
import io.nanoswarm.launch.ArtifactSettings;
import io.nanoswarm.launch.LogSettings;
import io.nanoswarm.memory.AgentMemorySettings;
import io.nanoswarm.mirror.MirrorSettings;
import io.nanoswarm.offline.search.IndexCacheSettings;
import io.nanoswarm.orchestrator.OrchestratorSettings;
import io.nanoswarm.placement.PlacementSettings;
import io.nanoswarm.queue.TaskQueueSettings;
import io.nanoswarm.session.SessionSettings;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.supervisor.SupervisorSettings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads every settings record before anything starts, so that none fails later, in the middle of a
 * start or in an agent's JVM. The journal's are read where the journal is opened.
 */
final class CheckedSettings {
  private static final List<Function<Config, Record>> ALL =
      List.of(
          ClusterSettings::of,
          of("swarm.session", SessionSettings::from),
          of("swarm.blackboard", BlackboardSettings::from),
          of("swarm.memory", AgentMemorySettings::from),
          of("swarm.channel", DurableChannelSettings::from),
          of("swarm.bus", BusSettings::from),
          of("swarm.mirror", MirrorSettings::from),
          of("swarm.task-queue", TaskQueueSettings::from),
          of("swarm.agent-host", AgentHostSettings::from),
          of("swarm.orchestrator", OrchestratorSettings::from),
          of("swarm.supervisor", SupervisorSettings::from),
          PlacementSettings::of,
          SkillsSettings::of,
          of("swarm.full-text-cache", IndexCacheSettings::from),
          ArtifactSettings::of,
          LogSettings::of,
          WorkspaceSettings::of,
          EndpointSettings::of,
          TokenSettings::of,
          AdmissionSettings::of,
          RetentionSettings::of,
          CheckedSettings::together);

  private CheckedSettings() {}

  private static Function<Config, Record> of(String group, Function<Config, Record> read) {
    return whole -> read.apply(whole.getConfig(group));
  }

  /**
   * @return the keys that records are read from
   * @throws SettingsProblem for the first that makes no sense
   */
  static Set<String> check(Config whole) {
    var keys = new TreeSet<String>();
    for (var read : ALL) {
      var asked = new AskedConfig(whole);
      try {
        var _ = read.apply(asked.asked());
      } catch (SettingsProblem e) {
        throw e;
      } catch (IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        String places = places(whole, asked.keys(), message);
        throw new SettingsProblem(places.isEmpty() ? message : places + ": " + message);
      }
      keys.addAll(asked.keys());
    }
    return keys;
  }

  /** Where those of the keys are set that the message names, and that are not as by default. */
  private static String places(Config whole, Set<String> keys, String message) {
    return whole.entrySet().stream()
        .filter(entry -> keys.contains(entry.getKey()))
        .filter(entry ->
            message.contains(entry.getKey().substring(entry.getKey().lastIndexOf('.') + 1)))
        .map(entry -> SettingOrigin.of(entry.getValue().origin()))
        .filter(from -> !from.equals(SettingOrigin.DEFAULT))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** What has to fit together over several records. */
  private record Together(AgentHostSettings host, TaskQueueSettings queue) {
    Together {
      if (host.sendAgainEvery().compareTo(queue.claimExpiry()) >= 0) {
        throw new IllegalArgumentException(
            "swarm.agent-host.send-again-every: %s, swarm.task-queue.claim-expiry: %s (expected: the first is shorter, or claims lapse before they are sent again)"
                .formatted(host.sendAgainEvery(), queue.claimExpiry()));
      }
    }
  }

  private static Record together(Config whole) {
    var skills = SkillsSettings.of(whole).process().describeWithin();
    var hello = SupervisorSettings.from(whole.getConfig("swarm.supervisor")).deadlines().hello();
    if (skills.compareTo(hello) >= 0) {
      throw new IllegalArgumentException(
          "swarm.skills.process.describe-within: %s, swarm.supervisor.hello-within: %s (expected: the first is shorter, or workers are taken for dead while skills start)"
              .formatted(skills, hello));
    }
    return new Together(
        AgentHostSettings.from(whole.getConfig("swarm.agent-host")),
        TaskQueueSettings.from(whole.getConfig("swarm.task-queue")));
  }
}
