/**
 * The judgement on findings: which stand, and which words of the question nothing covers. Writes no
 * answer.
 */
@NullMarked
package io.nanoswarm.offline.critique;

import org.jspecify.annotations.NullMarked;
