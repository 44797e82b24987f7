/**
 * Files whose text is not simply their bytes: PDF, and pages of HTML that a program wrote on one
 * line. Text in, text out; what it means, and how it is searched, is not here.
 */
@NullMarked
package io.nanoswarm.offline.document;

import org.jspecify.annotations.NullMarked;
