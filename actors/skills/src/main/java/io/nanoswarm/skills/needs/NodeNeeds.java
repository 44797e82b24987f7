package io.nanoswarm.skills.needs;

import io.nanoswarm.session.Need;
import java.util.Collection;
import java.util.List;

/** Whether the node that asks has what is needed. */
@FunctionalInterface
public interface NodeNeeds {

  /**
   * Those of the needs that are not met here, each once, in their order. Blocks, for some seconds
   * where a need names a version that a program has to be asked for.
   */
  List<Need> lacking(Collection<Need> needs);
}
