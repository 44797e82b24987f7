/** What a session knows of the folder it works on. How a folder is scanned is not here. */
@NullMarked
package io.nanoswarm.workspace;

import org.jspecify.annotations.NullMarked;
