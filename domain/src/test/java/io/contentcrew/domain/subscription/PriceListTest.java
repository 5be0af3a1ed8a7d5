package io.contentcrew.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.contentcrew.domain.subscription.PriceList.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceListTest {
  private static final PaymentProviderName STRIPE = PaymentProviderName.STRIPE;
  private final PriceList prices =
      new PriceList(
          List.of(
              new Entry(STRIPE, "price_new", Deliveries.BASIC),
              new Entry(STRIPE, "price_old", Deliveries.BASIC),
              new Entry(STRIPE, "price_pro", Deliveries.PRO)));

  @Test
  void the_first_price_of_a_plan_is_what_is_sold_and_all_are_known() {
    assertThat(prices.price(STRIPE, Deliveries.BASIC)).contains("price_new");
    assertThat(prices.plan(STRIPE, "price_old")).contains(Deliveries.BASIC);
  }

  @Test
  void a_price_is_its_providers() {
    assertThat(prices.plan(PaymentProviderName.PAYSTACK, "price_new")).isEmpty();
    assertThat(prices.price(PaymentProviderName.PAYSTACK, Deliveries.BASIC)).isEmpty();
  }

  @Test
  void of_several_that_were_bought_the_highest_counts_and_unknown_ones_do_not() {
    List<String> bought = List.of("price_else", "price_new", "price_pro");

    assertThat(prices.highest(STRIPE, bought, plan -> plan.tier().value().equals("pro") ? 2 : 1))
        .contains(Deliveries.PRO);
    assertThat(prices.highest(STRIPE, List.of("price_else"), plan -> 1)).isEmpty();
  }

  @Test
  void one_price_cannot_be_two_plans() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PriceList(
                    List.of(
                        new Entry(STRIPE, "price_1", Deliveries.BASIC),
                        new Entry(STRIPE, "price_1", Deliveries.PRO))))
        .withMessage("price price_1 of stripe is there twice");
  }
}
