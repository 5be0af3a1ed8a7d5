/** Stripe as payment provider: what it tells by webhooks, what it does and answers by its API. */
@NullMarked
package io.contentcrew.adapters.stripe;

import org.jspecify.annotations.NullMarked;
