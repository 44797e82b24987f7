/**
 * What a researcher finds in one part of a workspace, and how it stands on the blackboard. Whether
 * it is right is judged elsewhere.
 */
@NullMarked
package io.nanoswarm.offline.research;

import org.jspecify.annotations.NullMarked;
