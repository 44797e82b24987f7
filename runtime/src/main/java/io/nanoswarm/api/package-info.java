/**
 * What crosses the HTTP endpoint: records, and how they become JSON. No logic is here, and nothing
 * that is stored.
 */
@NullMarked
package io.nanoswarm.api;

import org.jspecify.annotations.NullMarked;
