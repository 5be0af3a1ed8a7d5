/** The two words that all of the domain shares: what is made, and which model makes it. */
@NullMarked
package io.contentcrew.domain;

import org.jspecify.annotations.NullMarked;
