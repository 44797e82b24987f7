/**
 * The endpoint of a control node: HTTP on loopback, behind a token but for two checks. What is
 * asked there is answered by the node.
 */
@NullMarked
package io.nanoswarm.http;

import org.jspecify.annotations.NullMarked;
