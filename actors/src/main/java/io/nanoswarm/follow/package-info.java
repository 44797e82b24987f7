/**
 * How an actor follows an entity that moves and tells numbered changes. What is followed, and what
 * becomes of it, is not here.
 */
@NullMarked
package io.nanoswarm.follow;

import org.jspecify.annotations.NullMarked;
