/**
 * Passwords and access tokens: bcrypt behind a bounded gate, and signed tokens read by a strict
 * parser.
 */
@NullMarked
package io.contentcrew.adapters.security;

import org.jspecify.annotations.NullMarked;
