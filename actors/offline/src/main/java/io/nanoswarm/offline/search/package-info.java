/**
 * Full-text indexes over the parts of a workspace, and the ranking of passages by a question. Knows
 * no blackboard.
 */
@NullMarked
package io.nanoswarm.offline.search;

import org.jspecify.annotations.NullMarked;
