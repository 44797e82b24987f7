/** The machinery behind {@link io.nanoswarm.agent.Agent}; not for use by agents. */
@NullMarked
package io.nanoswarm.agent.internal;

import org.jspecify.annotations.NullMarked;
