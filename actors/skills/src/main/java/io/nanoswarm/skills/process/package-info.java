/**
 * Skills in any language: processes that read requests and write answers as lines of JSON, with a
 * {@code skill.yaml} that names their runtime. How a node is asked what it offers is not here.
 */
@NullMarked
package io.nanoswarm.skills.process;

import org.jspecify.annotations.NullMarked;
