package io.contentcrew.app;

import java.util.Set;

/**
 * The types of webhooks that are counted each for itself. A type is a word of the sender's, and
 * each word would be a series of its own.
 */
final class WebhookTypes {
  private static final Set<String> KNOWN =
      Set.of(
          // Stripe
          "checkout.session.completed",
          "checkout.session.async_payment_succeeded",
          "checkout.session.async_payment_failed",
          "checkout.session.expired",
          "customer.subscription.created",
          "customer.subscription.updated",
          "customer.subscription.deleted",
          "customer.subscription.paused",
          "customer.subscription.resumed",
          "customer.subscription.trial_will_end",
          "customer.subscription.pending_update_applied",
          "customer.subscription.pending_update_expired",
          "customer.deleted",
          "invoice.paid",
          "invoice.payment_succeeded",
          "invoice.payment_failed",
          "invoice.payment_action_required",
          "invoice.upcoming",
          "charge.refunded",
          "charge.dispute.created",
          "charge.dispute.updated",
          "charge.dispute.closed",
          "refund.created",
          "refund.updated",
          // Paystack, and refund.failed of both
          "charge.success",
          "charge.dispute.create",
          "charge.dispute.remind",
          "charge.dispute.resolve",
          "subscription.create",
          "subscription.not_renew",
          "subscription.disable",
          "subscription.expiring_cards",
          "invoice.create",
          "invoice.update",
          "refund.pending",
          "refund.processing",
          "refund.processed",
          "refund.failed",
          "refund.needs-attention",
          // the test provider
          "customer.known",
          "subscription.created",
          "subscription.updated",
          "subscription.deleted");

  private WebhookTypes() {}

  /** The type itself, {@code other}, or {@code none} where it is not known. */
  static String bounded(String type) {
    return type.isEmpty() ? "none" : KNOWN.contains(type) ? type : "other";
  }
}
