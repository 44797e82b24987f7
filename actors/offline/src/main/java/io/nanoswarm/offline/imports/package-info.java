/**
 * What single files say of others, by language, and which files they mean. How the whole hangs
 * together is not here.
 */
@NullMarked
package io.nanoswarm.offline.imports;

import org.jspecify.annotations.NullMarked;
