/**
 * An answer with all it rests on, as a value, and as one page of HTML. What is on the blackboard is
 * read as the endpoint shows it; nothing is searched or judged here.
 */
@NullMarked
package io.nanoswarm.report;

import org.jspecify.annotations.NullMarked;
