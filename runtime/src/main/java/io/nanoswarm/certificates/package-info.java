/** Certificates for a trial of TLS. What a node does with certificates is not here. */
@NullMarked
package io.nanoswarm.certificates;

import org.jspecify.annotations.NullMarked;
