/** A real PostgreSQL server, unpacked and run by this process: for a first run and for tests. */
@NullMarked
package io.contentcrew.adapters.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
