/**
 * A control node: how it is put together, started and closed. What users type, and HTTP, are not
 * here.
 */
@NullMarked
package io.nanoswarm.node;

import org.jspecify.annotations.NullMarked;
