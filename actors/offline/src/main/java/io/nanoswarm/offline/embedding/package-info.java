/**
 * How near files and sentences are to a question in meaning, where there is an embedding model;
 * nothing where there is none. Knows no model: {@link
 * io.nanoswarm.offline.embedding.EmbeddingModel} is found on the class path.
 */
@NullMarked
package io.nanoswarm.offline.embedding;

import org.jspecify.annotations.NullMarked;
