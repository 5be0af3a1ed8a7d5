/** What users buy, and what payment providers tell of it. */
@NullMarked
package io.contentcrew.sdk.subscription;

import org.jspecify.annotations.NullMarked;
