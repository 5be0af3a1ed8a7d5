package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.PriceList;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.ports.Secret;
import io.contentcrew.sdk.tier.TierFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentConfigTest {
  private static final String LIVE = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
  private static final String TEST = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";
  private static final String WEBHOOK = "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH";
  private static final Map<String, String> PROD =
      Map.of(
          "ENV", "prod",
          "API_BASE_URL", "https://api.example.com",
          "FRONTEND_CALLBACK_URL", "https://www.example.com/auth/callback",
          "SECRET_KEY", "p7mVJb0Xq3Zt1Yw9Kd5Rf8Hn2Lc6Gs4Ae0Ui",
          "DATABASE_URL", "postgresql://crew:pw@db:5432/crew",
          "OLLAMA_BASE_URL", "http://ollama:11434");

  @TempDir private Path folder;

  private Map<String, String> dev(String... settings) {
    return with(Map.of("DATA_DIR", folder.toString()), settings);
  }

  private static Map<String, String> prod(String... settings) {
    return with(PROD, settings);
  }

  private static Map<String, String> with(Map<String, String> most, String... settings) {
    Map<String, String> variables = new HashMap<>(most);
    for (int i = 0; i < settings.length; i += 2) {
      variables.put(settings[i], settings[i + 1]);
    }
    return variables;
  }

  private static List<String> problems(Map<String, String> variables) {
    try {
      AppConfig.read(variables);
      return List.of();
    } catch (AppConfig.Invalid e) {
      return e.problems();
    }
  }

  private static PaymentConfig read(Map<String, String> variables) throws AppConfig.Invalid {
    return AppConfig.read(variables).payments();
  }

  private static Plan plan(String tier, BillingInterval interval) {
    return new Plan(new TierId(tier), interval);
  }

  // ---- what is there

  @Test
  void in_dev_with_nothing_said_the_test_provider_sells_what_has_a_price() throws Exception {
    PaymentConfig payments = read(dev());
    assertThat(payments.test()).isTrue();
    assertThat(payments.stripe()).isEmpty();
    assertThat(payments.paystack()).isEmpty();
    assertThat(payments.prices().entries())
        .extracting(PriceList.Entry::provider, PriceList.Entry::plan)
        .containsExactly(
            tuple(PaymentProviderName.TEST, plan("basic", BillingInterval.MONTH)),
            tuple(PaymentProviderName.TEST, plan("basic", BillingInterval.YEAR)),
            tuple(PaymentProviderName.TEST, plan("pro", BillingInterval.MONTH)),
            tuple(PaymentProviderName.TEST, plan("pro", BillingInterval.YEAR)));
    assertThat(payments.grace()).isEqualTo(Duration.ofDays(7));
    assertThat(payments.maxWebhookBytes()).isEqualTo(1 << 20);
    assertThat(payments.warnings()).isEmpty();
  }

  @Test
  void the_test_provider_makes_way_for_one_that_sells_and_comes_when_it_is_called()
      throws Exception {
    Map<String, String> stripe =
        dev("STRIPE_SECRET_KEY", TEST, "STRIPE_PRICES", "basic.month=price_1");
    assertThat(read(stripe).test()).isFalse();
    assertThat(read(with(stripe, "TEST_PAYMENTS", "on")).test()).isTrue();
    assertThat(read(dev("TEST_PAYMENTS", "off")).test()).isFalse();
    assertThat(read(dev("STRIPE_WEBHOOK_SECRET", WEBHOOK)).test()).as("nothing sold").isTrue();
    assertThat(read(prod()).test()).isFalse();
    assertThat(problems(prod("TEST_PAYMENTS", "on")))
        .singleElement()
        .asString()
        .startsWith("TEST_PAYMENTS=on gives plans away");
  }

  @Test
  void stripe_has_the_secrets_key_address_and_tolerance_that_are_given() throws Exception {
    PaymentConfig payments =
        read(
            dev(
                "STRIPE_SECRET_KEY",
                TEST,
                "STRIPE_WEBHOOK_SECRET",
                WEBHOOK + ", whsec_old",
                "STRIPE_BASE_URL",
                "http://127.0.0.1:12111",
                "WEBHOOK_TOLERANCE",
                "60s"));
    assertThat(payments.stripe())
        .hasValueSatisfying(
            stripe -> {
              assertThat(stripe.apiKey()).contains(Secret.of(TEST));
              assertThat(stripe.webhookSecrets())
                  .containsExactly(Secret.of(WEBHOOK), Secret.of("whsec_old"));
              assertThat(stripe.api().toString()).startsWith("http://127.0.0.1:12111");
              assertThat(stripe.tolerance()).isEqualTo(Duration.ofMinutes(1));
            });
    assertThat(payments.warnings()).singleElement().asString().startsWith("STRIPE_PRICES is not");
  }

  @Test
  void in_dev_who_can_pay_at_stripe_and_is_never_heard_of_again_is_warned_of() throws Exception {
    Map<String, String> sells = dev("STRIPE_SECRET_KEY", TEST, "STRIPE_PRICES", "pro.month=p_1");
    assertThat(read(sells).warnings())
        .singleElement()
        .asString()
        .startsWith("STRIPE_WEBHOOK_SECRET is not given")
        .contains("stripe listen");
    assertThat(read(with(sells, "STRIPE_WEBHOOK_SECRET", WEBHOOK)).warnings()).isEmpty();
  }

  @Test
  void paystack_signs_with_its_api_key_and_while_that_is_replaced_with_others_too()
      throws Exception {
    assertThat(read(dev("PAYSTACK_SECRET_KEY", TEST)).paystack())
        .hasValueSatisfying(
            paystack -> assertThat(paystack.webhookKeys()).containsExactly(Secret.of(TEST)));
    PaymentConfig other =
        read(dev("PAYSTACK_SECRET_KEY", TEST, "PAYSTACK_WEBHOOK_SECRET", "sk_test_other"));
    assertThat(other.paystack())
        .hasValueSatisfying(
            paystack ->
                assertThat(paystack.webhookKeys())
                    .containsExactly(Secret.of(TEST), Secret.of("sk_test_other")));
    assertThat(other.warnings())
        .noneMatch(warning -> warning.startsWith("PAYSTACK_WEBHOOK_SECRET"));
    assertThat(
            read(dev("PAYSTACK_SECRET_KEY", TEST, "PAYSTACK_WEBHOOK_SECRET", "sk_test_o," + TEST))
                .paystack())
        .as("each once")
        .hasValueSatisfying(
            paystack ->
                assertThat(paystack.webhookKeys())
                    .containsExactly(Secret.of(TEST), Secret.of("sk_test_o")));
    assertThat(read(dev("PAYSTACK_WEBHOOK_SECRET", TEST)).paystack())
        .as("only hears")
        .hasValueSatisfying(paystack -> assertThat(paystack.apiKey()).isEmpty());
  }

  // ---- prices

  @Test
  void of_several_prices_for_the_same_the_first_is_sold_and_all_are_known() throws Exception {
    PriceList prices =
        read(dev(
                "STRIPE_PRICES",
                "pro.month=price_new, pro.month=price_old,enterprise.year=price_e",
                "PAYSTACK_PLANS",
                "pro.month=PLN_1"))
            .prices();
    Plan pro = plan("pro", BillingInterval.MONTH);
    assertThat(prices.price(PaymentProviderName.STRIPE, pro)).contains("price_new");
    assertThat(prices.plan(PaymentProviderName.STRIPE, "price_old")).contains(pro);
    assertThat(prices.plan(PaymentProviderName.STRIPE, "price_e"))
        .contains(plan("enterprise", BillingInterval.YEAR));
    assertThat(prices.price(PaymentProviderName.PAYSTACK, pro)).contains("PLN_1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "gold.month=p|STRIPE_PRICES: part 1 names no tier that can be bought; there are basic,"
            + " pro,",
        "free.month=p|STRIPE_PRICES: part 1 names no tier that can be bought",
        "basic.month=p,basic.weekly=q|STRIPE_PRICES: part 2 names no interval; there are month and",
        "basic.month=p,pro.month=p|STRIPE_PRICES: part 2 has an id that is there before",
        "basic=p|STRIPE_PRICES: part 1 must look like tier.interval=id",
        "basic.month=|STRIPE_PRICES: part 1 must look like tier.interval=id",
        "basic.month=p,|STRIPE_PRICES: part 2 must look like tier.interval=id",
        "basic.month=p q|STRIPE_PRICES: part 1 must look like tier.interval=id"
      })
  void a_price_that_cannot_be_is_told_with_its_place(String prices, String problem) {
    assertThat(problems(dev("STRIPE_PRICES", prices)))
        .singleElement()
        .asString()
        .startsWith(problem);
  }

  @Test
  void prices_are_of_the_tiers_there_are() throws Exception {
    String tiers = TierFile.standardText().replace("  basic:", "  gold:");
    Path file = Files.writeString(folder.resolve("tiers.yaml"), tiers);
    Map<String, String> variables = dev("TIERS_FILE", file.toString());
    assertThat(problems(with(variables, "STRIPE_PRICES", "gold.month=p"))).isEmpty();
    assertThat(problems(with(variables, "STRIPE_PRICES", "basic.month=p"))).hasSize(1);
    assertThat(read(variables).prices().entries())
        .extracting(entry -> entry.plan().tier().value())
        .containsOnly("gold", "pro");
  }

  @Test
  void tiers_that_cannot_be_read_are_told_beside_all_else() throws IOException {
    Path file = Files.writeString(folder.resolve("tiers.yaml"), "tiers: 5");
    assertThat(problems(dev("TIERS_FILE", file.toString(), "PORT", "x")))
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("TIERS_FILE: "));
  }

  // ---- what is refused

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STRIPE_SECRET_KEY|pk_live_123456789012|STRIPE_SECRET_KEY must be a secret key, which",
        "STRIPE_SECRET_KEY|whsec_123456789012|STRIPE_SECRET_KEY must be a secret key, which",
        "PAYSTACK_SECRET_KEY|pk_live_123456789012|PAYSTACK_SECRET_KEY must be a secret key, which",
        "STRIPE_WEBHOOK_SECRET|sk_live_123456789012|STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET,",
        "STRIPE_WEBHOOK_SECRET|whsec_1234567890123,|STRIPE_WEBHOOK_SECRET has an empty part",
        "PAYMENT_GRACE|91d|PAYMENT_GRACE must be 90 days at most",
        "WEBHOOK_MAX_BYTES|1000|WEBHOOK_MAX_BYTES must be a whole number from 65536",
        "WEBHOOK_MAX_BYTES|4194305|WEBHOOK_MAX_BYTES must be a whole number from 65536 to 4194304",
        "WEBHOOK_FAILURE_LIMIT|0|WEBHOOK_FAILURE_LIMIT must be a whole number from 1",
        "TEST_PAYMENTS|maybe|TEST_PAYMENTS must be one of auto, on, off",
        "STRIPE_BASE_URL|stripe.example|STRIPE_BASE_URL must hold http:// or https:// addresses"
      })
  void what_is_wrong_is_told_with_the_rule_and_without_the_value(
      String name, String value, String problem) {
    assertThat(problems(dev(name, value)))
        .singleElement()
        .asString()
        .startsWith(problem)
        .doesNotContain("1234567890");
  }

  @Test
  void production_takes_no_key_of_test_mode_no_sample_and_no_key_without_a_webhook_secret() {
    assertThat(
            problems(
                prod(
                    "STRIPE_SECRET_KEY", LIVE,
                    "STRIPE_WEBHOOK_SECRET", WEBHOOK,
                    "PAYSTACK_SECRET_KEY", LIVE)))
        .isEmpty();
    assertThat(problems(prod("STRIPE_SECRET_KEY", TEST, "PAYSTACK_SECRET_KEY", TEST)))
        .hasSize(3)
        .anyMatch(problem -> problem.startsWith("STRIPE_SECRET_KEY is a key of test mode"))
        .anyMatch(problem -> problem.startsWith("PAYSTACK_SECRET_KEY is a key of test mode"))
        .anyMatch(problem -> problem.startsWith("STRIPE_WEBHOOK_SECRET must be given with"));
    assertThat(problems(prod("PAYSTACK_SECRET_KEY", LIVE, "PAYSTACK_WEBHOOK_SECRET", TEST)))
        .singleElement()
        .asString()
        .startsWith("PAYSTACK_WEBHOOK_SECRET is a key of test mode");
    assertThat(problems(prod("STRIPE_WEBHOOK_SECRET", "whsec_changeme_changeme")))
        .singleElement()
        .asString()
        .startsWith("STRIPE_WEBHOOK_SECRET is a sample");
    assertThat(problems(prod("STRIPE_WEBHOOK_SECRET", "whsec_7f3a9b")))
        .singleElement()
        .asString()
        .startsWith("STRIPE_WEBHOOK_SECRET has a secret with fewer than 16 characters");
  }

  @Test
  void staging_takes_keys_of_test_mode() {
    assertThat(
            problems(
                prod(
                    "ENV", "staging",
                    "STRIPE_SECRET_KEY", TEST,
                    "STRIPE_WEBHOOK_SECRET", WEBHOOK)))
        .isEmpty();
  }

  @Test
  void who_sells_outside_dev_says_where_the_web_page_is() {
    Map<String, String> variables =
        prod("STRIPE_SECRET_KEY", LIVE, "STRIPE_WEBHOOK_SECRET", WEBHOOK);
    variables.remove("FRONTEND_CALLBACK_URL");
    assertThat(problems(variables))
        .singleElement()
        .asString()
        .startsWith("FRONTEND_CALLBACK_URL must be given");
  }

  @Test
  void secrets_may_be_given_in_files() throws Exception {
    Path file = Files.writeString(folder.resolve("stripe"), WEBHOOK + "\n");
    assertThat(read(dev("STRIPE_WEBHOOK_SECRET_FILE", file.toString())).stripe())
        .hasValueSatisfying(
            stripe -> assertThat(stripe.webhookSecrets()).containsExactly(Secret.of(WEBHOOK)));
  }
}
