/** The answer to a goal, made of sentences that stand in the files. Invents nothing. */
@NullMarked
package io.nanoswarm.offline.answer;

import org.jspecify.annotations.NullMarked;
