/** Every store in memory: for a first run, for embedding without a database, and for tests. */
@NullMarked
package io.contentcrew.adapters.memory;

import org.jspecify.annotations.NullMarked;
