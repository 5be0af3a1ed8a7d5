package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeOllama;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs are for machines to read, and tell nobody what users wrote or who they are. */
@Timeout(400)
class LogsTest {
  private static final String KEY = "canary-key-7Jb0Xq3Zt1Yw9Kd5Rf8Hn2Lc6Gs4Ae0Ui";
  private static final String EMAIL = "canary-address@example.com";
  private static final String PASSWORD = "canary-password correct horse";
  private static final String WORDS = "canary-words";

  private final FakeOllama ollama = FakeOllama.start();
  private static final String PAYSTACK_KEY = "sk_test_canary4eC39HqLyjWDarjtT1zdp7dc";

  private final List<String> canaries =
      new ArrayList<>(List.of(KEY, PASSWORD, EMAIL, WORDS, StripeSender.SECRET, PAYSTACK_KEY));
  @TempDir private Path dataDir;

  @AfterEach
  void stopOllama() {
    ollama.close();
  }

  @Test
  void every_line_is_a_json_object_and_none_tells_a_secret_or_what_users_write() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.run(
            Map.of(
                "DATA_DIR",
                dataDir.toString(),
                "PORT",
                "0",
                "SECRET_KEY",
                KEY,
                "BCRYPT_COST",
                "4",
                "LOG_LEVEL",
                "debug",
                "LOG_FORMAT",
                "json",
                "LLM_RETRIES",
                "0",
                "STRIPE_WEBHOOK_SECRET",
                StripeSender.SECRET,
                "PAYSTACK_SECRET_KEY",
                PAYSTACK_KEY,
                "OLLAMA_BASE_URL",
                ollama.url().toString()))) {
      journey(service.clientOfModel());
      assertThat(service.stop()).isEqualTo(143);

      StringBuilder messages = new StringBuilder();
      for (String text : service.err()) {
        JsonNode line = parsed(text);
        assertThat(line.isObject()).as(text).isTrue();
        assertThat(line.get("time").textValue()).as(text).endsWith("Z");
        assertThat(line.get("level").textValue()).isIn("error", "warning", "info", "debug");
        assertThat(line.get("logger").textValue()).as(text).isNotBlank();
        messages.append(line.get("message").textValue()).append('\n');
      }
      assertThat(messages)
          .contains("PAYSTACK_PLANS is not given, so nothing can be bought from paystack")
          .contains("POST /v1/auth/signup 201")
          .contains("POST /v1/content/generate 201")
          .contains("GET /v1/content/jobs/{id}/stream 200")
          .contains("POST /api/webhooks/stripe 200")
          .contains("POST /api/webhooks/stripe 400");
      for (String canary : canaries) {
        assertThat(service.err()).as(canary).noneMatch(line -> line.contains(canary));
        assertThat(service.out()).doesNotContain(canary);
      }
    }
  }

  private static JsonNode parsed(String line) {
    try {
      return Client.JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }

  /** All that a user does, and all that goes wrong with it. */
  private void journey(Client nobody) throws Exception {
    Answer signedUp = nobody.signUp(EMAIL, PASSWORD);
    assertThat(signedUp.status()).isEqualTo(201);
    Client ada = nobody.with(signedUp.json().get("access_token").textValue());
    canaries.add(ada.token());
    canaries.add(ada.token().substring(ada.token().lastIndexOf('.') + 1));
    assertThat(nobody.signUp(EMAIL, PASSWORD).status()).isEqualTo(409);
    assertThat(logIn(nobody, PASSWORD + " not")).isEqualTo(401);
    assertThat(logIn(nobody, PASSWORD)).isEqualTo(200);
    assertThat(nobody.with(WORDS).get("/v1/auth/me").status()).isEqualTo(401);

    Map<String, Object> brief =
        Map.of(
            "topic", WORDS + " as a topic",
            "formats", List.of("social"),
            "audience", WORDS + " as readers",
            "brand_voice", WORDS + " as a sample of our voice");
    ollama.next(FakeAnswer.writing("- " + WORDS + " as notes"));
    String id = submitted(ada, brief);
    assertThat(ada.watch(id).getLast().type()).isEqualTo("complete");
    assertThat(ada.get("/v1/content/jobs/" + id + "/artifacts/social?as=md").status())
        .isEqualTo(200);

    ollama.next(FakeAnswer.failing(500, "the prompt was: " + WORDS));
    id = submitted(ada, changed(brief, "topic", WORDS + " once more"));
    assertThat(ada.watch(id).getLast().type()).isEqualTo("error");
    ollama.next(FakeAnswer.writing(WORDS).thenRaw("{\"" + WORDS + "\n"));
    id = submitted(ada, changed(brief, "topic", WORDS + " again"));
    assertThat(ada.watch(id).getLast().type()).isEqualTo("error");

    assertThat(ada.postText("/v1/content/generate", "{\"topic\": " + WORDS).status())
        .isEqualTo(400);
    assertThat(ada.post("/v1/content/generate", Map.of(WORDS, WORDS)).status()).isEqualTo(422);
    assertThat(
            ada.postRaw(
                    "/v1/content/generate", "text/" + WORDS, WORDS.getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(415);
    assertThat(ada.get("/" + WORDS + "?q=" + WORDS).status()).isEqualTo(404);
    assertThat(ada.get("/v1/content/jobs/" + WORDS).status()).isEqualTo(404);
    webhooks(nobody, ada);
    accounts(nobody, ada);
    assertThat(ada.post("/v1/auth/logout", Map.of()).status()).isBetween(200, 299);
    assertThat(ada.get("/v1/auth/me").status()).isEqualTo(401);
  }

  /** What else is done with accounts, and goes wrong with them. */
  private void accounts(Client nobody, Client ada) {
    canaries.add(ada.get("/v1/auth/me").json().get("csrf_token").textValue());
    String session = ada.get("/v1/auth/sessions").json().at("/data/0/id").textValue();
    assertThat(ada.method("DELETE", "/v1/auth/sessions/" + session).status()).isEqualTo(204);
    assertThat(nobody.with("ccrew_live_" + WORDS).get("/v1/usage").status()).isEqualTo(401);
    assertThat(
            ada.post(
                    "/v1/auth/password/change",
                    Map.of("current_password", WORDS, "new_password", WORDS + " " + WORDS))
                .status())
        .isEqualTo(403);
    for (String path : List.of("/v1/auth/email/verify", "/v1/auth/password/reset")) {
      Map<String, String> body =
          path.endsWith("verify")
              ? Map.of("token", WORDS)
              : Map.of("token", WORDS, "new_password", WORDS + " " + WORDS);
      assertThat(nobody.post(path, body).status()).as(path).isEqualTo(400);
    }
    assertThat(
            nobody.get("/v1/auth/oauth/google/callback?state=" + WORDS + "&code=" + WORDS).status())
        .isEqualTo(404);
    assertThat(ada.get("/v1/account/export").text()).contains(EMAIL);
  }

  /** What payment providers tell, rightly or not, of somebody who can be known by it. */
  private void webhooks(Client nobody, Client ada) {
    StripeSender stripe = new StripeSender(nobody);
    Instant now = InstantSource.system().instant();
    String user = ada.get("/v1/auth/me").json().get("id").textValue();
    for (String owner : List.of(user, "")) { // the second is nobody's, and waits
      byte[] created =
          StripeSender.subscription(
              "customer.subscription.created", "sub_1" + owner, owner, "price_1", now);
      assertThat(stripe.genuine(created).status()).isEqualTo(200);
      assertThat(stripe.send(created, "t=1,v1=" + WORDS).status()).isEqualTo(400);
    }
    byte[] invoice =
        StripeSender.event(
            "invoice.payment_failed", Map.of("id", "in_1", "customer_email", EMAIL), now);
    assertThat(stripe.genuine(invoice).status()).isEqualTo(200);
    byte[] product =
        StripeSender.event("product.updated", Map.of("id", "p_1", "description", WORDS), now);
    assertThat(stripe.genuine(product).status()).isEqualTo(200);
    byte[] broken = ("{\"" + WORDS).getBytes(StandardCharsets.UTF_8);
    assertThat(stripe.genuine(broken).status()).isEqualTo(200);
    assertThat(nobody.postRaw("/api/webhooks/paystack", "text/" + WORDS, broken).status())
        .isEqualTo(400);
  }

  private static int logIn(Client client, String password) {
    return client.post("/v1/auth/login", Map.of("email", EMAIL, "password", password)).status();
  }

  private static String submitted(Client client, Map<String, Object> brief) {
    Answer answer = client.post("/v1/content/generate", brief);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().get("id").textValue();
  }

  private static Map<String, Object> changed(
      Map<String, Object> brief, String member, String value) {
    Map<String, Object> copy = new HashMap<>(brief);
    copy.put(member, value);
    return copy;
  }
}
