/**
 * How well a search finds what an expert would cite: questions about foreign folders, a baseline to
 * compare with, and the table of docs/answers.md. How a search works is tested elsewhere.
 */
@NullMarked
package io.nanoswarm.offline.evaluation;

import org.jspecify.annotations.NullMarked;
