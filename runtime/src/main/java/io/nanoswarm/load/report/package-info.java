/**
 * What a load test found: figures, the scalability law fitted to them, and the page that shows
 * them. Pure: knows no node, and measures nothing.
 */
@NullMarked
package io.nanoswarm.load.report;

import org.jspecify.annotations.NullMarked;
