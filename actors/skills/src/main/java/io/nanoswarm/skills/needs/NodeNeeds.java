package io.nanoswarm.skills.needs;

import io.nanoswarm.session.Need;
import java.util.Collection;
import java.util.List;

/** Whether the node that asks has what is needed. */
@FunctionalInterface
public interface NodeNeeds {

  /** Those of the needs that are not met here, in their order. Some milliseconds at most. */
  List<Need> lacking(Collection<Need> needs);
}
