/**
 * What an agent may ask a language model, as a port. Providers, keys and prices are not here, and
 * nothing that comes with the program uses it yet.
 */
@NullMarked
package io.nanoswarm.model;

import org.jspecify.annotations.NullMarked;
