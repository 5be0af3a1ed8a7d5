/** Paystack as payment provider: its webhooks, its checkout, its answers. */
@NullMarked
package io.contentcrew.adapters.paystack;

import org.jspecify.annotations.NullMarked;
