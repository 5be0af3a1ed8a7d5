/** What the tiers are, and how they are read from a file. */
@NullMarked
package io.contentcrew.sdk.tier;

import org.jspecify.annotations.NullMarked;
