/** Ports for accounts, sessions, passwords and tokens. */
@NullMarked
package io.contentcrew.ports.user;

import org.jspecify.annotations.NullMarked;
