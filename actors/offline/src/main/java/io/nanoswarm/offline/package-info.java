/**
 * The built-in planner and agents, which need no model and give the same answer every time. How
 * text is searched and judged stands in the packages below; what a session stores is not known
 * here.
 */
@NullMarked
package io.nanoswarm.offline;

import org.jspecify.annotations.NullMarked;
