package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.ApiDocument.Operation;
import io.contentcrew.app.Client.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every operation of the API document gets requests that are right, nearly right and not right at
 * all; each is answered soon, in the shape that is promised, and never with an error of ours. The
 * same numbers come with the same seed: {@code -Dfuzz.seed=...}, {@code -Dfuzz.cases=...} for each
 * operation.
 */
@Timeout(600)
class FuzzTest extends ServiceHarness {
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_122);
  private static final int CASES = Integer.getInteger("fuzz.cases", 150);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofSeconds(10);

  /**
   * What a request may get that is not well-formed HTTP or whose address is no route's any more.
   */
  private static final Set<Integer> BEFORE_THE_ROUTES = Set.of(400, 404, 405, 413);

  private final List<Duration> times = new ArrayList<>();
  private Client nobody;
  private Optional<Client> user = Optional.empty();

  @Test
  void whatever_is_sent_gets_the_answer_that_is_promised() {
    System.out.println("fuzz.seed=" + SEED + " fuzz.cases=" + CASES);
    nobody =
        start(
            "LLM_PROVIDER", "offline",
            "OFFLINE_TOKENS_PER_SECOND", "0",
            "STREAMS_PER_USER", "100",
            "LOG_LEVEL", "error");
    FuzzRequests requests = new FuzzRequests(new Random(SEED));
    List<String> wrong = new ArrayList<>();
    for (Operation operation : ApiDocument.operations()) {
      user = Optional.empty(); // each has a fresh one, with a fresh quota
      for (int number = 0; number < CASES; number++) {
        RawHttp.Request request = requests.next(operation, token(operation));
        try {
          check(operation, request, requests);
        } catch (AssertionError | RuntimeException e) {
          wrong.add(
              operation + ", seed " + SEED + ", case " + number + ": " + e + "\n" + request + "\n");
        }
      }
    }
    assertThat(wrong.size()).as("wrong answers, such as\n%s", head(wrong)).isZero();
    times.sort(null);
    assertThat(times.get(times.size() * 99 / 100)).isLessThan(SOON);
    assertThat(times.getLast()).isLessThan(LATE);
  }

  private static String head(List<String> wrong) {
    return String.join("\n", wrong.subList(0, Math.min(wrong.size(), 10)));
  }

  private Optional<String> token(Operation operation) {
    if (!operation.needsUser()) {
      return Optional.empty();
    }
    if (user.isEmpty()) {
      user = Optional.of(nobody.signedUp());
    }
    return user.map(Client::token);
  }

  private void check(Operation operation, RawHttp.Request request, FuzzRequests requests) {
    long begun = System.nanoTime();
    Answer answer = RawHttp.send(service().port(), request);
    times.add(Duration.ofNanos(System.nanoTime() - begun));
    int status = answer.status();
    if (status == 401 || operation.id().equals("logout")) {
      user = Optional.empty(); // the session may be over
    }
    assertThat(answer.header("X-Request-ID")).as("the id of the request").isPresent();
    assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ");
    if (status >= 500) {
      assertThat(status).as(answer.text()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isPresent();
    }
    if (request.target().contains("/..")) {
      return; // this is the address of something else
    }
    if (operation.mayAnswer(status) || !BEFORE_THE_ROUTES.contains(status)) {
      ApiDocument.assertShape(operation, answer);
    } else {
      assertThat(answer.header("Content-Type")).contains("application/problem+json");
    }
    if (status >= 400 && answer.header("Content-Type").orElse("").contains("problem")) {
      ApiDocument.assertValid("problem", ApiDocument.schema("Problem"), answer.json());
      assertThat(answer.json().get("status").intValue()).isEqualTo(status);
    }
    if (status == 201) {
      JsonNode id = answer.json().path("id");
      if (id.isTextual()) {
        requests.learn(id.textValue());
      }
    }
  }
}
