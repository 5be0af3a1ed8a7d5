/**
 * Passwords, access tokens and seals: bcrypt behind a bounded gate, signed tokens read by a strict
 * parser, and MACs under keys of their own.
 */
@NullMarked
package io.contentcrew.adapters.security;

import org.jspecify.annotations.NullMarked;
