/**
 * From a brief to artifacts: the crew and its task graph, jobs, their events, and the checks on
 * what models write.
 */
@NullMarked
package io.contentcrew.domain.generation;

import org.jspecify.annotations.NullMarked;
