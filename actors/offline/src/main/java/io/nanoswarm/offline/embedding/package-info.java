/**
 * How near files are to a question in meaning, where an embedding model was added; nothing where
 * none was. Knows no model: {@link io.nanoswarm.offline.embedding.EmbeddingModel} is found on the
 * class path.
 */
@NullMarked
package io.nanoswarm.offline.embedding;

import org.jspecify.annotations.NullMarked;
