/**
 * The service: configuration, wiring, and HTTP over the use cases of the SDK. Nobody depends on it.
 */
@NullMarked
package io.contentcrew.app;

import org.jspecify.annotations.NullMarked;
