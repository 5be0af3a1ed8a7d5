/** Every store in PostgreSQL, and a durable queue there. */
@NullMarked
package io.contentcrew.adapters.postgres;

import org.jspecify.annotations.NullMarked;
