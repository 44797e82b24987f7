/**
 * What can be counted in a folder: sizes, languages, history, tests, markers, repetitions. What it
 * means for a question is said elsewhere.
 */
@NullMarked
package io.nanoswarm.offline.figures;

import org.jspecify.annotations.NullMarked;
