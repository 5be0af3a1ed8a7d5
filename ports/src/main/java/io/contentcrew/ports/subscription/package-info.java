/** Ports for what users have subscribed to. */
@NullMarked
package io.contentcrew.ports.subscription;

import org.jspecify.annotations.NullMarked;
