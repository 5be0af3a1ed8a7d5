/** What several instances share for speed and not for keeps, in Redis. */
@NullMarked
package io.contentcrew.adapters.redis;

import org.jspecify.annotations.NullMarked;
