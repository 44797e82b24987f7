/** What a goal asks for, in words that can be searched. Knows no files. */
@NullMarked
package io.nanoswarm.offline.question;

import org.jspecify.annotations.NullMarked;
