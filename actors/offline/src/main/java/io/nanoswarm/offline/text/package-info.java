/** Source text by its structure: lines, passages, sentences and words. Knows no question. */
@NullMarked
package io.nanoswarm.offline.text;

import org.jspecify.annotations.NullMarked;
