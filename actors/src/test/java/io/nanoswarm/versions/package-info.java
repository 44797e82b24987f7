/** What nodes of different versions make of each other's messages and of each other's journals. */
@NullMarked
package io.nanoswarm.versions;

import org.jspecify.annotations.NullMarked;
