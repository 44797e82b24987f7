/**
 * What durable entities have in common, to be used by them as parts. What one of them stores is in
 * its own package.
 */
@NullMarked
package io.nanoswarm.entity;

import org.jspecify.annotations.NullMarked;
