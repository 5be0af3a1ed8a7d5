/** Contracts that every implementation of a port keeps, steerable fakes, and fixtures. */
@NullMarked
package io.contentcrew.testkit;

import org.jspecify.annotations.NullMarked;
