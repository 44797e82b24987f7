/**
 * What the plots of all reports are drawn with. Knows no report and no colour: pages have those.
 */
@NullMarked
package io.nanoswarm.drawing;

import org.jspecify.annotations.NullMarked;
