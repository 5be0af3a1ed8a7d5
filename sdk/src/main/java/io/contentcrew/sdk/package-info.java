/** The front door of the SDK: {@link io.contentcrew.sdk.ContentCrew}. */
@NullMarked
package io.contentcrew.sdk;

import org.jspecify.annotations.NullMarked;
