/** Which sessions there are. What is in one is not here: the Session is the truth about itself. */
@NullMarked
package io.nanoswarm.directory;

import org.jspecify.annotations.NullMarked;
