package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.contentcrew.app.Client.Answer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Accounts where mail is sent: by the program itself, over a real SMTP server. */
@Timeout(180)
class LettersTest {
  private static final String EMAIL = "canary-address@example.com";
  private static final String PASSWORD = "canary-password correct horse";
  private static final String NEW_PASSWORD = "canary-password quite another";
  private static final Pattern TOKEN =
      Pattern.compile("https://page\\.example/([a-z-]+)#token=([A-Za-z0-9_-]{43})");

  private final int port = freePort();

  private final GreenMail server =
      new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @TempDir private Path dataDir;
  private int read;

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void startServer() {
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop();
  }

  private ServiceProcess service() {
    return ServiceProcess.run(
        Map.of(
            "DATA_DIR", dataDir.toString(),
            "PORT", "0",
            "BCRYPT_COST", "4",
            "LOG_LEVEL", "debug",
            "LLM_PROVIDER", "offline",
            "FRONTEND_CALLBACK_URL", "https://page.example/auth/callback",
            "SMTP_HOST", "127.0.0.1",
            "SMTP_PORT", String.valueOf(port),
            "SMTP_TLS", "none",
            "MAIL_FROM", "crew@example.com"));
  }

  /** The next letter that comes. */
  private MimeMessage letter() {
    int number = read++;
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.getReceivedMessages().length > number);
    return server.getReceivedMessages()[number];
  }

  /** The token in its link to that page. */
  private static String token(MimeMessage letter, String page) throws MessagingException {
    assertThat(letter.getFrom()[0].toString()).contains("crew@example.com");
    assertThat(letter.getAllRecipients()[0]).hasToString(EMAIL);
    Matcher token =
        TOKEN.matcher(GreenMailUtil.getBody(letter).replace("=\r\n", "").replace("=3D", "="));
    assertThat(token.find()).isTrue();
    assertThat(token.group(1)).isEqualTo(page);
    return token.group(2);
  }

  private static Answer login(Client client, String password) {
    return client.post("/v1/auth/login", Map.of("email", EMAIL, "password", password));
  }

  @Test
  void an_account_is_made_and_its_password_chosen_anew_by_letters_of_which_no_log_knows()
      throws Exception {
    try (ServiceProcess process = service()) {
      Client client = process.client();
      Answer signUp = client.signUp(EMAIL, PASSWORD);
      assertThat(signUp.status()).as(signUp.text()).isEqualTo(202);
      MimeMessage confirm = letter();
      assertThat(login(client, PASSWORD).status()).as("not yet").isEqualTo(401);
      String first = token(confirm, "verify-email");
      Answer verified =
          client.post("/v1/auth/email/verify", Map.of("token", first, "password", PASSWORD));
      assertThat(verified.status()).as(verified.text()).isEqualTo(201);
      assertThat(verified.json().at("/user/email_verified").booleanValue()).isTrue();
      Client ada = client.with(verified.json().get("access_token").textValue());
      assertThat(client.post("/v1/auth/email/verify", Map.of("token", first)).status())
          .isEqualTo(400);

      Answer again = client.signUp(EMAIL, PASSWORD);
      assertThat(again.status()).isEqualTo(202);
      assertThat(again.body()).isEqualTo(signUp.body());
      assertThat(letter().getSubject()).isEqualTo("You have an account already");

      assertThat(client.post("/v1/auth/password/forgot", Map.of("email", EMAIL)).status())
          .isEqualTo(202);
      String reset = token(letter(), "reset-password");
      assertThat(
              client
                  .post(
                      "/v1/auth/password/reset",
                      Map.of("token", reset, "new_password", NEW_PASSWORD))
                  .status())
          .isEqualTo(204);
      assertThat(letter().getSubject()).isEqualTo("Your password was changed");
      assertThat(ada.get("/v1/auth/me").status()).isEqualTo(401);
      assertThat(login(client, PASSWORD).status()).isEqualTo(401);
      assertThat(login(client, NEW_PASSWORD).status()).isEqualTo(200);
      process.stop();
      for (String canary :
          List.of(
              EMAIL, PASSWORD, NEW_PASSWORD, first, reset, ada.token(), "You have an account")) {
        assertThat(process.err()).as(canary).noneMatch(line -> line.contains(canary));
        assertThat(process.out()).doesNotContain(canary);
      }
    }
  }

  @Test
  void what_a_guest_has_made_becomes_the_accounts_when_its_address_is_proved() throws Exception {
    try (ServiceProcess process = service()) {
      Client client = process.client();
      Answer came = client.post("/v1/auth/guest", Map.of());
      Client guest = client.with(came.json().get("access_token").textValue());
      String id = guest.submit("Tea", "social");
      assertThat(guest.signUp(EMAIL, PASSWORD).status()).isEqualTo(202);
      assertThat(guest.get("/v1/content/jobs/" + id).status()).isEqualTo(200);
      Answer verified =
          guest.post(
              "/v1/auth/email/verify",
              Map.of("token", token(letter(), "verify-email"), "password", PASSWORD));
      assertThat(verified.status()).as(verified.text()).isEqualTo(201);
      Client ada = client.with(verified.json().get("access_token").textValue());
      assertThat(ada.watch(id).getLast().type()).isEqualTo("complete");
      assertThat(ada.get("/v1/content/jobs").json().at("/data/0/id").textValue()).isEqualTo(id);
      assertThat(guest.get("/v1/auth/me").status()).isEqualTo(401);
    }
  }

  @Test
  void a_letter_that_meets_no_server_is_sent_after_the_next_start() throws Exception {
    server.stop();
    try (ServiceProcess process = service()) {
      Client client = process.client();
      assertThat(client.signUp(EMAIL, PASSWORD).status()).isEqualTo(202);
      process.kill();
    }
    server.start();
    try (ServiceProcess process = service()) {
      Client client = process.client();
      String token = token(letter(), "verify-email");
      assertThat(
              client
                  .post("/v1/auth/email/verify", Map.of("token", token, "password", PASSWORD))
                  .status())
          .isEqualTo(201);
    }
  }
}
