package io.nanoswarm.skills.process;

import io.nanoswarm.skill.SkillResult;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A request that was sent to a process, until it is answered.
 *
 * @param result completed once, by the process or by its end
 * @param progress told what the process says meanwhile; must not block
 */
record Exchange(CompletableFuture<SkillResult> result, Consumer<String> progress) {
  static Exchange open(Consumer<String> progress) {
    return new Exchange(new CompletableFuture<>(), progress);
  }
}
