package io.nanoswarm.skills.process;

import io.nanoswarm.session.Need;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skills.interpreter.Interpreters;
import io.nanoswarm.skills.interpreter.Surroundings;
import io.nanoswarm.skills.needs.NodeNeeds;
import io.nanoswarm.skills.process.ProcessManifest.Command;
import io.nanoswarm.skills.process.ProcessManifest.Node;
import io.nanoswarm.skills.process.ProcessManifest.Python;
import io.nanoswarm.skills.process.ProcessManifest.Script;
import io.nanoswarm.skills.process.ProcessManifest.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Knows how the process of one skill is started on this machine, and makes what it needs first. */
record Launch(SkillName skill, ProcessManifest manifest, Means means) {
  /** Of an interpreter that is asked for its version. */
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  /**
   * What all skills of a worker share.
   *
   * @param cache a folder for what can be made again
   */
  record Means(
      Path cache,
      Surroundings surroundings,
      Interpreters interpreters,
      VirtualEnvironments environments,
      Shims shims,
      NodeNeeds node) {
    static Means of(Path cache, Surroundings surroundings, NodeNeeds node) {
      return new Means(
          cache,
          surroundings,
          new Interpreters(surroundings, ANSWER_WITHIN),
          new VirtualEnvironments(cache, surroundings),
          new Shims(cache),
          node);
    }
  }

  /**
   * What is to be started. Blocks: interpreters are looked for, and environments made.
   *
   * @throws Unready if something that it needs is not here
   */
  Child.Order order() throws Unready, IOException, InterruptedException {
    List<Need> lacking = means.node().lacking(manifest.needs());
    if (!lacking.isEmpty()) {
      throw Unready.unmet("skill %s needs %s, which is not here".formatted(skill, lacking));
    }
    long memory = manifest.limits().memory();
    var environment = means.surroundings().passedOn(manifest.environment());
    var line =
        switch (manifest.runtime()) {
          case Python python -> {
            environment.put("PYTHONUNBUFFERED", "1");
            environment.put("PYTHONUTF8", "1");
            environment.put("PYTHONPYCACHEPREFIX", means.cache().resolve("pycache").toString());
            yield python(python);
          }
          case Node node -> {
            if (memory > 0) {
              environment.put("NODE_OPTIONS", "--max-old-space-size=" + (memory >> 20));
            }
            // Its engine reserves far more addresses than it uses.
            memory = 0;
            yield node(node);
          }
          case Command command -> search().command(command);
        };
    return new Child.Order(line, manifest.folder(), environment, memory);
  }

  private List<String> python(Python runtime) throws Unready, IOException, InterruptedException {
    Duration within = manifest.limits().setup();
    var base = search().python(runtime);
    Path python = means.environments().python(manifest.folder(), base, runtime.index(), within);
    var line = new ArrayList<>(List.of(python.toString(), "-s"));
    switch (runtime.entry()) {
      case Script(String file) -> line.add(search().inFolder(file).toString());
      case Tools(List<String> names) -> {
        line.add(means.shims().python().toString());
        line.add(manifest.folder().toString());
        line.add(skill.value());
        line.addAll(names);
      }
    }
    return line;
  }

  private List<String> node(Node runtime) throws Unready, IOException {
    String node = search().node(runtime).path().toString();
    return switch (runtime.entry()) {
      case Script(String file) -> List.of(node, search().inFolder(file).toString());
      case Tools(List<String> names) ->
          List.of(
              node,
              means.shims().node().toString(),
              search().inFolder(names.getFirst()).toString());
    };
  }

  private RuntimeSearch search() {
    return new RuntimeSearch(manifest, means.surroundings(), means.interpreters());
  }

  /** Of all its needs, those that are not met here. Blocks. */
  List<Need> lacking() {
    return means.node().lacking(manifest.allNeeds());
  }
}
