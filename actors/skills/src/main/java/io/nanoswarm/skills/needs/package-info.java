/** What skills need of a node, and whether this one has it. Who needs what is not known here. */
@NullMarked
package io.nanoswarm.skills.needs;

import org.jspecify.annotations.NullMarked;
