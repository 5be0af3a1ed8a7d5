/** The plans: what each allows, costs and which model serves it. */
@NullMarked
package io.contentcrew.domain.tier;

import org.jspecify.annotations.NullMarked;
