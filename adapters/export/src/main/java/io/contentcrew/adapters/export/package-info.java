/** Puts pieces into HTML pages and documents for word processors. */
@NullMarked
package io.contentcrew.adapters.export;

import org.jspecify.annotations.NullMarked;
