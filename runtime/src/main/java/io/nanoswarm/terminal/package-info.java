/**
 * What a person sees: the live picture of a session, tables, trees and Markdown, for whatever
 * terminal there is. What is asked of a node is not here, nor which command shows what.
 */
@NullMarked
package io.nanoswarm.terminal;

import org.jspecify.annotations.NullMarked;
