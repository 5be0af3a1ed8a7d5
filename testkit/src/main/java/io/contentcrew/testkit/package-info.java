/** Contracts that every adapter's tests run, fakes to test use cases with, and fixtures. */
@NullMarked
package io.contentcrew.testkit;

import org.jspecify.annotations.NullMarked;
