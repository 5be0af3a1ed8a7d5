package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import io.contentcrew.app.AdminOptions.BadUsage;
import io.contentcrew.ports.subscription.WebhookInbox.Query;
import io.contentcrew.ports.subscription.WebhookInbox.State;
import io.contentcrew.sdk.subscription.InspectWebhooks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator sees and does on the shell, while the service runs beside. */
@Timeout(240)
class AdminTest {
  private static EmbeddedPostgres postgres;

  private final Instant now = InstantSource.system().instant();
  private Map<String, String> settings;
  private Service service;
  private Client ada;
  private StripeSender stripe;

  @BeforeAll
  static void startServer() {
    postgres =
        EmbeddedPostgres.start(EmbeddedPostgresConfig.throwaway(Path.of("target", "postgres")));
  }

  @AfterAll
  static void stopServer() {
    postgres.close();
  }

  @BeforeEach
  void startService() {
    settings = settings();
    settings.put(
        "DATABASE_URL",
        "postgresql://%s:%s@127.0.0.1:%d/%s"
            .formatted(
                postgres.user(),
                postgres.address().password().reveal(),
                postgres.port(),
                postgres.address().database()));
    begin();
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(ServiceHarness.MANY_FROM_HERE);
    settings.put("PORT", "0");
    settings.put("BCRYPT_COST", "4");
    settings.put("SECRET_KEY", ServiceHarness.SECRET_KEY);
    settings.put("LLM_PROVIDER", "offline");
    settings.put("STRIPE_WEBHOOK_SECRET", StripeSender.SECRET);
    settings.put("STRIPE_PRICES", "basic.month=price_basic");
    settings.put("TEST_PAYMENTS", "off");
    return settings;
  }

  private void begin() {
    service = ServiceHarness.start(settings, java.net.URI.create("http://127.0.0.1:9"));
    ada = Client.of(service.port()).signedUp();
    stripe = new StripeSender(Client.of(service.port()));
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  private record Said(int code, String out) {
    JsonNode json() {
      try {
        return Client.JSON.readTree(out);
      } catch (IOException e) {
        throw new UncheckedIOException(out, e);
      }
    }
  }

  private Said admin(String... arguments) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int code =
          AdminCommand.run(
              AppConfig.read(settings),
              List.of(arguments),
              new PrintStream(out, true, StandardCharsets.UTF_8));
      return new Said(code, out.toString(StandardCharsets.UTF_8));
    } catch (AppConfig.Invalid | BadUsage e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode me() {
    return ada.get("/v1/auth/me").json();
  }

  private String user() {
    return me().get("id").textValue();
  }

  private String delivered(byte[] body, String result) {
    Client.Answer answer = stripe.genuine(body);
    assertThat(answer.json().path("result").asText()).as(answer.text()).isEqualTo(result);
    return admin("webhooks", "list", "--limit", "1", "--json").json().at("/data/0/id").textValue();
  }

  private byte[] bought(String subscription, String price) {
    return StripeSender.subscription(
        "customer.subscription.created", subscription, user(), price, now);
  }

  private static String unique() {
    return "sub_" + UUID.randomUUID();
  }

  // ---- webhooks

  @Test
  void deliveries_are_listed_the_latest_first_and_shown_with_what_was_sent_if_that_is_asked() {
    String subscription = unique();
    byte[] body = bought(subscription, "price_basic");
    String first = delivered(body, "applied");
    String second =
        delivered(StripeSender.event("product.updated", Map.of("id", "prod_1"), now), "ignored");
    JsonNode list = admin("webhooks", "list", "--state", "done", "--limit", "2", "--json").json();
    assertThat(list.get("data").findValuesAsText("id")).containsExactly(second, first);
    assertThat(list.at("/data/1/type").textValue()).isEqualTo("customer.subscription.created");
    assertThat(list.at("/counts/dead").isNumber()).isTrue();
    JsonNode typed =
        admin("webhooks", "list", "--type", "product.updated", "--provider", "stripe", "--json")
            .json();
    assertThat(typed.get("data").findValuesAsText("type")).containsOnly("product.updated");

    Said metadata = admin("webhooks", "show", first);
    assertThat(metadata.code).isZero();
    assertThat(metadata.out)
        .containsPattern("provider +stripe")
        .containsPattern("state +done")
        .doesNotContain(user());
    Said whole = admin("webhooks", "show", first, "--body");
    assertThat(whole.out).contains(new String(body, StandardCharsets.UTF_8));
    assertThat(admin("webhooks", "show", first, "--body", "--json").json().get("body").textValue())
        .isEqualTo(new String(body, StandardCharsets.UTF_8));
    assertThat(admin("webhooks", "list").out).contains(first, "in all: ");
    assertThat(admin("webhooks", "show", UUID.randomUUID().toString()).code).isEqualTo(1);
  }

  @Test
  void what_waited_for_a_price_is_applied_once_the_price_is_known() {
    String id = delivered(bought(unique(), "price_unknown"), "parked");
    Said still = admin("webhooks", "replay", id, "--json");
    assertThat(still.json().at("/replayed/0/result").textValue()).isEqualTo("parked");
    settings.put("STRIPE_PRICES", "pro.month=price_unknown");
    Said applied = admin("webhooks", "replay", id);
    assertThat(applied.out).contains(id, "1 replayed: 1 applied, 0 parked, 0 dead again");
    assertThat(applied.code).isZero();
    assertThat(admin("subscription", "show", user(), "--json").json().get("tier").textValue())
        .isEqualTo("pro");
    Said again = admin("webhooks", "replay", id, "--json");
    assertThat(again.json().at("/replayed/0/result").textValue()).isEqualTo("repeated");
    assertThat(admin("webhooks", "replay", UUID.randomUUID().toString()).code).isEqualTo(1);
  }

  @Test
  void what_was_given_up_is_shown_and_applied_again_all_at_once_unless_only_asked() {
    byte[] body = {(byte) 0xFF, (byte) 0xFE};
    String id = delivered(body, "dead");
    assertThat(admin("webhooks", "dead", "--json").json().get("data").findValuesAsText("id"))
        .contains(id);
    assertThat(admin("webhooks", "show", id, "--body", "--json").json().get("body_base64").asText())
        .isEqualTo("//4=");
    Said dry = admin("webhooks", "replay", "--dead", "--dry-run");
    assertThat(dry.code).isZero();
    assertThat(dry.out).contains(id, "would be applied again");
    int attempts = admin("webhooks", "show", id, "--json").json().get("attempts").intValue();
    Said all = admin("webhooks", "replay", "--dead", "--provider", "stripe", "--json");
    assertThat(all.code).as("it is as dead as before").isEqualTo(1);
    assertThat(all.json().get("replayed").findValuesAsText("id")).contains(id);
    assertThat(admin("webhooks", "show", id, "--json").json().get("attempts").intValue())
        .isGreaterThanOrEqualTo(attempts);
    int found = all.json().get("replayed").size();
    assertThat(all.json().get("dead").intValue()).isEqualTo(found);
    assertThat(all.json().get("applied").intValue()).isZero();
    assertThat(admin("webhooks", "replay", "--dead").out)
        .endsWith(found + " replayed: 0 applied, 0 parked, " + found + " dead again\n");
    assertThat(admin("webhooks", "replay", "--dead", "--type", "no.such", "--json").out.strip())
        .isEqualTo("{\"replayed\":[],\"applied\":0,\"parked\":0,\"dead\":0,\"due\":0}");
  }

  @Test
  void all_dead_ones_are_found_on_however_many_pages_and_taken_from_the_oldest_on() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(delivered(new byte[] {(byte) 0xFF, (byte) i, (byte) now.getNano()}, "dead"));
    }
    InspectWebhooks inbox = service.wiring().crew().billing().inspectWebhooks();
    for (int limit : new int[] {1, 2, 5, 1_000}) {
      Query query =
          new Query(
              Optional.empty(), Optional.of(State.DEAD), Optional.empty(), Optional.empty(), limit);
      assertThat(AdminWebhooks.all(inbox, query))
          .extracting(entry -> entry.id().toString())
          .containsSubsequence(ids)
          .doesNotHaveDuplicates();
    }
    JsonNode replayed = admin("webhooks", "replay", "--dead", "--json").json().get("replayed");
    assertThat(replayed.findValuesAsText("id")).containsSubsequence(ids);
  }

  // ---- users

  @Test
  void a_tier_is_granted_by_address_or_id_and_noted_for_good() {
    Said granted = admin("tier", "grant", me().get("email").textValue(), "pro");
    assertThat(granted.code).isZero();
    assertThat(granted.out).containsPattern("tier +pro");
    assertThat(ada.get("/v1/account/export").json().get("security_events").toString())
        .contains("tier_granted");
    Said back = admin("tier", "grant", user(), "free", "--json");
    assertThat(back.json().get("tier").textValue()).isEqualTo("free");
    assertThat(admin("tier", "grant", "nobody@example.com", "pro").code).isEqualTo(1);
    assertThat(admin("tier", "grant", UUID.randomUUID().toString(), "pro").code).isEqualTo(1);
    assertThat(admin("tier", "grant", "nonsense", "pro").code).isEqualTo(1);
  }

  @Test
  void what_a_user_has_bought_is_shown_and_providers_are_asked_where_that_is_possible() {
    assertThat(admin("subscription", "show", user(), "--json").json().get("subscription").isNull())
        .isTrue();
    String subscription = unique();
    delivered(bought(subscription, "price_basic"), "applied");
    Said shown = admin("subscription", "show", me().get("email").textValue());
    assertThat(shown.out)
        .containsPattern("tier +basic")
        .containsPattern("subscription.id +" + subscription)
        .containsPattern("subscription.status +active");
    assertThat(shown.out).containsPattern("subscription.next_charge +9.99 USD");
    assertThat(
            admin("subscription", "show", user(), "--json")
                .json()
                .at("/subscription/next_charge/amount")
                .intValue())
        .isEqualTo(999);
    JsonNode report = admin("subscription", "reconcile", user(), "--dry-run", "--json").json();
    assertThat(report.get("asked").intValue()).as("there is no key to ask with").isZero();
    assertThat(report.get("dry_run").booleanValue()).isTrue();
    assertThat(report.get("unasked").get("stripe").intValue()).isEqualTo(1);
    assertThat(admin("subscription", "reconcile").out)
        .contains("0 asked", "of stripe were not asked about");
    assertThat(admin("subscription", "show", "nobody@example.com").code).isEqualTo(1);
  }

  // ---- where and how

  @Test
  void it_works_beside_a_service_with_its_own_database_and_after_it(@TempDir Path dataDir) {
    service.close();
    settings = settings();
    settings.put("DATA_DIR", dataDir.toString());
    begin();
    String id = delivered(bought(unique(), "price_basic"), "applied");
    assertThat(admin("webhooks", "show", id).out).contains(id);
    service.close();
    assertThat(admin("webhooks", "show", id, "--json").json().get("state").textValue())
        .as("starts the database by itself")
        .isEqualTo("done");
  }

  @Test
  void where_there_is_no_data_none_is_made(@TempDir Path folder) {
    settings = settings();
    settings.put("DATA_DIR", folder.resolve("elsewhere").toString());

    assertThatIllegalStateException()
        .isThrownBy(() -> admin("webhooks", "list"))
        .withMessageContaining("there is no data in")
        .withMessageContaining("DATA_DIR");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "webhooks|There is no command admin webhooks",
        "webhooks burn|There is no command admin webhooks burn",
        "webhooks list --state lost|--state cannot be lost: it is one of due, parked, done, dead",
        "webhooks list --limit 0|--limit must be a number from 1 to 1000",
        "webhooks list --provider Stripe!|--provider cannot be Stripe!",
        "webhooks list --provider foo|--provider cannot be foo: it is one of stripe, paystack,"
            + " test",
        "webhooks list all|This needs no words",
        "webhooks list --fast|There is no option --fast here",
        "webhooks list --type|--type needs a value",
        "webhooks list --type a --type b|--type is there twice",
        "webhooks show|This needs the id of one webhook",
        "webhooks show 5|An id is a UUID",
        "webhooks replay|This needs the id of one webhook, or --dead",
        "webhooks replay --dry-run|--dry-run, --provider and --type go with --dead",
        "tier grant ada@example.com|This needs a user and a tier",
        "tier grant ada@example.com gold|There is no such tier; there are [free, basic, pro,",
        "subscription reconcile a b|This needs one user, or nobody for all"
      })
  void words_that_make_no_command_are_told_so(String line, String why) {
    List<String> arguments = List.of(line.split(" "));
    assertThatThrownBy(
            () -> AdminCommand.run(AppConfig.read(settings), arguments, new PrintStream(nowhere())))
        .isInstanceOf(BadUsage.class)
        .hasMessageStartingWith(why);
  }

  private static ByteArrayOutputStream nowhere() {
    return new ByteArrayOutputStream();
  }

  @Test
  void help_names_every_command_and_memory_is_no_place_to_look_into() {
    assertThat(admin().out).isEqualTo(admin("webhooks", "--help").out);
    assertThat(admin().out)
        .contains("webhooks list", "webhooks show ID", "webhooks replay", "webhooks dead")
        .contains("tier grant", "subscription show", "subscription reconcile");
    settings = settings();
    settings.put("STORAGE", "memory");
    assertThatThrownBy(
            () ->
                AdminCommand.run(
                    AppConfig.read(settings),
                    List.of("webhooks", "list"),
                    new PrintStream(nowhere())))
        .isInstanceOf(BadUsage.class)
        .hasMessageStartingWith("admin needs a database");
  }
}
