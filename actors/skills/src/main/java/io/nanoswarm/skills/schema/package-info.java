/**
 * What arguments a skill takes: checks them against their JSON Schema, and derives a schema from a
 * record. What is done with them is not here.
 */
@NullMarked
package io.nanoswarm.skills.schema;

import org.jspecify.annotations.NullMarked;
