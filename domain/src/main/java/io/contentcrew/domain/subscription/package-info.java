/** What entitles a user to a tier. */
@NullMarked
package io.contentcrew.domain.subscription;

import org.jspecify.annotations.NullMarked;
