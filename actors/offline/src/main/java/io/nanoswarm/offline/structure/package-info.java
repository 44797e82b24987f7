/**
 * How a folder hangs together: modules, what depends on what, where programs begin. What stands in
 * single files is read in {@code imports}; what bears on a question is decided elsewhere.
 */
@NullMarked
package io.nanoswarm.offline.structure;

import org.jspecify.annotations.NullMarked;
