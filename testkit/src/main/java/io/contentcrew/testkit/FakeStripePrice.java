package io.contentcrew.testkit;

import io.contentcrew.domain.subscription.BillingInterval;

/**
 * What {@link FakeStripe} sells.
 *
 * @param minor what it costs, in cents
 */
record FakeStripePrice(String id, BillingInterval interval, long minor) {}
