/**
 * The shared memory of one session: entries in named sections, each with author, attempt and
 * evidence. Who posts, and what an entry means, is not known here.
 */
@NullMarked
package io.nanoswarm.blackboard;

import org.jspecify.annotations.NullMarked;
