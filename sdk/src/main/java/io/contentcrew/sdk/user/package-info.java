/** Signing up, in and out. */
@NullMarked
package io.contentcrew.sdk.user;

import org.jspecify.annotations.NullMarked;
