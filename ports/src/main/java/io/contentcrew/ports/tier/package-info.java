/** Ports for the tiers and for limits of rate. */
@NullMarked
package io.contentcrew.ports.tier;

import org.jspecify.annotations.NullMarked;
