/** Measures the way of a token through the service, in parts and as a whole. */
@NullMarked
package io.contentcrew.bench;

import org.jspecify.annotations.NullMarked;
