package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.app.Client.Answer;
import io.contentcrew.domain.user.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody can tell by trying to sign in whether there is an account. */
@Timeout(300)
class EqualAnswersTest extends ServiceHarness {
  private static final String PASSWORD = "correct horse battery";
  private static final int RUNS = 30;

  /** Runs of all kinds take turns, so that what else the machine does slows all of them alike. */
  @Test
  void unknown_closed_locked_and_known_users_are_refused_alike_and_take_as_long() {
    Client client = start("BCRYPT_COST", "9");
    client.signUp("locked@example.com", PASSWORD);
    for (int i = 0; i < 6; i++) {
      login(client, "locked@example.com", "wrong");
    }
    String closed = client.signUp("closed@example.com", PASSWORD).json().at("/user/id").textValue();
    service().wiring().crew().users().setDisabled(new UserId(UUID.fromString(closed)), true);
    service().wiring().crew().users().add("no-password@example.com", "Ada");

    Map<String, List<Long>> times = new LinkedHashMap<>();
    List<String> details = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      String known = "known" + i + "@example.com";
      client.signUp(known, PASSWORD);
      Map<String, String> kinds =
          Map.of(
              "known", known,
              "unknown", "unknown" + i + "@example.com",
              "locked", "locked@example.com",
              "closed", "closed@example.com",
              "no password", "no-password@example.com");
      kinds.forEach(
          (kind, email) -> {
            long begun = System.nanoTime();
            Answer answer = login(client, email, "not the password");
            times.computeIfAbsent(kind, any -> new ArrayList<>()).add(System.nanoTime() - begun);
            assertThat(answer.status()).as(kind).isEqualTo(401);
            details.add(answer.json().get("detail").textValue());
          });
    }
    assertThat(details).hasSize(5 * RUNS).containsOnly(details.getFirst());
    long known = median(times.get("known"));
    times.forEach(
        (kind, nanos) ->
            assertThat(median(nanos) / (double) known)
                .as("time of '%s' against a known user's", kind)
                .isBetween(0.8, 1.2));
  }

  private static Answer login(Client client, String email, String password) {
    return client.post("/v1/auth/login", Map.of("email", email, "password", password));
  }

  private static long median(List<Long> times) {
    Collections.sort(times);
    return times.get(times.size() / 2);
  }
}
