package io.contentcrew.bench;

import java.time.Instant;

/**
 * What Stripe says when it has changed something about a subscription, as short as its client
 * libraries still understand.
 *
 * @param start of the period that is paid
 */
record HookEvent(Instant start, Instant end) {
  /** What the subscription is to; the harness gives the service the same list. */
  static final String PRICE = "price_enterprise";

  private static final String TEMPLATE =
      """
      {"id":"evt_{u}","object":"event","api_version":"2026-07-29.dahlia","created":{ts},"livemode":false,\
      "pending_webhooks":1,"request":{"id":null,"idempotency_key":null},"type":"customer.subscription.updated",\
      "data":{"object":{"id":"sub_bench{uid}","object":"subscription","billing_cycle_anchor":START,"cancel_at":null,\
      "cancel_at_period_end":false,"canceled_at":null,"collection_method":"charge_automatically","created":START,\
      "currency":"usd","customer":"cus_bench{uid}","default_payment_method":"pm_{u}","ended_at":null,\
      "items":{"object":"list","data":[{"id":"si_bench{uid}","object":"subscription_item","created":START,\
      "current_period_end":END,"current_period_start":START,"price":{"id":"PRICE","object":"price","active":true,\
      "currency":"usd","product":"prod_bench","recurring":{"interval":"month","interval_count":1},"type":"recurring",\
      "unit_amount":9900},"quantity":1,"subscription":"sub_bench{uid}"}],"has_more":false,"total_count":1},\
      "latest_invoice":"in_bench{uid}","livemode":false,"metadata":{"user_id":"{uid}"},"start_date":START,"status":"active",\
      "trial_end":null,"trial_start":null},"previous_attributes":{"default_payment_method":null}}}\
      """;

  /** With {u}, {uid} and {ts} for what differs. */
  String template() {
    return TEMPLATE
        .replace("START", Long.toString(start.getEpochSecond()))
        .replace("END", Long.toString(end.getEpochSecond()))
        .replace("PRICE", PRICE);
  }

  /** The one about the subscription of that number. */
  String of(int number, Instant at) {
    return filled(template(), number, at);
  }

  static String filled(String template, int number, Instant at) {
    return template
        .replace("{uid}", Integer.toString(number))
        .replace("{u}", "bench" + number)
        .replace("{ts}", Long.toString(at.getEpochSecond()));
  }
}
