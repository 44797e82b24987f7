package io.nanoswarm.skills.needs;

import io.nanoswarm.placement.Offers;
import io.nanoswarm.session.Need;
import io.nanoswarm.skills.exec.Programs;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at the path, the environment and the system of this JVM. Starts no program to ask for its
 * version: a need that names one is not met.
 */
public final class LocalNeeds implements NodeNeeds {
  private final Map<String, String> environment;
  private final String system;

  public LocalNeeds() {
    this(System.getenv(), System.getProperty("os.name"));
  }

  LocalNeeds(Map<String, String> environment, String system) {
    this.environment = Map.copyOf(environment);
    this.system = Offers.osName(system);
  }

  @Override
  public List<Need> lacking(Collection<Need> needs) {
    var programs = new HashMap<String, String>();
    var variables = new HashSet<String>();
    for (Need need : needs) {
      String name = need.name();
      boolean program =
          need.kind().equals("bin")
              && Programs.find(name, environment.getOrDefault("PATH", "")).isPresent();
      if (program) {
        programs.put(name, "");
      }
      // As nanobot has it: what is empty is as good as not set.
      if (need.kind().equals("env") && !environment.getOrDefault(name, "").isEmpty()) {
        variables.add(name);
      }
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return new Offers(programs, Map.of(), variables, system, 0, cores, Set.of()).lacking(needs);
  }
}
