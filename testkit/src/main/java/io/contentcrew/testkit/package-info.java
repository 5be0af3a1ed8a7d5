/**
 * What an adapter must do, as tests: extend a contract, hand it the adapter, and every sentence of
 * the port's description is checked. With it come fakes that a test can steer, and fixtures.
 */
@NullMarked
package io.contentcrew.testkit;

import org.jspecify.annotations.NullMarked;
