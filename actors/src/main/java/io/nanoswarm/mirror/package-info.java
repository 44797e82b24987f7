/**
 * A blackboard as a folder of Markdown files that a person can read. Nothing is read back from it:
 * the blackboard is the truth.
 */
@NullMarked
package io.nanoswarm.mirror;

import org.jspecify.annotations.NullMarked;
