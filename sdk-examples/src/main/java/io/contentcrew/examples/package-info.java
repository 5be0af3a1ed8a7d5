/** Programs that embed the SDK, each small enough to be copied. */
@NullMarked
package io.contentcrew.examples;

import org.jspecify.annotations.NullMarked;
