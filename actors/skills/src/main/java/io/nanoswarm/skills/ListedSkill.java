package io.nanoswarm.skills;

import io.nanoswarm.session.Need;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A skill that agents on this machine can have, as people see it.
 *
 * @param name as a folder has it: it may be none that an agent can call
 * @param source {@code built-in}, {@code workspace}, {@code configured} or {@code swarm}
 * @param folder if it has one
 * @param lacking those of its needs that are not met here
 * @param problem what is wrong with it, if something is
 */
public record ListedSkill(
    String name,
    String source,
    @Nullable Path folder,
    String description,
    List<Need> needs,
    List<Need> lacking,
    Optional<String> problem) {
  public ListedSkill {
    needs = List.copyOf(needs);
    lacking = List.copyOf(lacking);
  }
}
