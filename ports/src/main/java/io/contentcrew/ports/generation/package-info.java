/** Ports for jobs, their events, quotas and the models that write. */
@NullMarked
package io.contentcrew.ports.generation;

import org.jspecify.annotations.NullMarked;
