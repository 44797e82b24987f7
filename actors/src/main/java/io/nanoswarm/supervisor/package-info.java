/**
 * The supervision tree over worker JVMs: which agents are desired, what runs, what died and why.
 * How a process is started on a machine is not here: it is behind {@link
 * io.nanoswarm.supervisor.WorkerLauncher}.
 */
@NullMarked
package io.nanoswarm.supervisor;

import org.jspecify.annotations.NullMarked;
