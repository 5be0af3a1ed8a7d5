/** From a brief to its pieces: submitting, running, watching, cancelling, reading. */
@NullMarked
package io.contentcrew.sdk.generation;

import org.jspecify.annotations.NullMarked;
