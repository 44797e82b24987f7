/**
 * What one agent keeps for itself for the length of a session. Nothing here is seen by another
 * agent: what others shall know belongs on the blackboard.
 */
@NullMarked
package io.nanoswarm.memory;

import org.jspecify.annotations.NullMarked;
