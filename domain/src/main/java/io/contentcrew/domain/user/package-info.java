/** Who uses the crew: accounts, sessions and the rules for passwords. */
@NullMarked
package io.contentcrew.domain.user;

import org.jspecify.annotations.NullMarked;
