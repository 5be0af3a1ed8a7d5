package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.app.ApiDocument.Operation;
import io.contentcrew.app.Client.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** Without an answer to these nothing would have been asked that matters. */
  private static final List<String> GOT_RIGHT =
      List.of(
          "signup",
          "me",
          "login",
          "listSessions",
          "endSessions",
          "listProviders",
          "listPaymentProviders",
          "showSubscription",
          "startCheckout",
          "listIdentities",
          "listApiKeys",
          "forgotPassword",
          "exportAccount",
          "logout",
          "showUsage",
          "generate",
          "listJobs",
          "showJob",
          "cancelJob",
          "streamJob",
          "readArtifact",
          "exportJob",
          "measureArtifact",
          "deleteJob");

  private final List<Duration> times = new ArrayList<>();
  private Client nobody;
  private final Map<String, Set<Integer>> statuses = new HashMap<>();
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
      user = Optional.empty(); // each has a fresh one, with jobs and a quota of its own
      for (int number = 0; number < CASES; number++) {
        RawHttp.Request request = requests.next(operation, token(operation, requests));
        try {
          check(operation, request);
        } catch (AssertionError | RuntimeException e) {
          wrong.add(
              operation + ", seed " + SEED + ", case " + number + ": " + e + "\n" + request + "\n");
        }
      }
    }
    assertThat(wrong.size()).as("wrong answers, such as\n%s", head(wrong)).isZero();
    for (String operation : GOT_RIGHT) {
      assertThat(statuses.get(operation)).as(operation).anyMatch(status -> status < 300);
    }
    times.sort(null);
    assertThat(times.get(times.size() * 99 / 100)).isLessThan(SOON);
    assertThat(times.getLast()).isLessThan(LATE);
  }

  private static String head(List<String> wrong) {
    return String.join("\n", wrong.subList(0, Math.min(wrong.size(), 10)));
  }

  private Optional<String> token(Operation operation, FuzzRequests requests) {
    if (!operation.needsUser()) {
      return Optional.empty();
    }
    if (user.isEmpty()) {
      Client fresh = nobody.signedUp();
      requests.forget();
      for (int i = 0; i < 2; i++) {
        String job = fresh.submit("Tea " + i, "blog", "social", "audio", "video");
        assertThat(fresh.get("/v1/content/jobs/" + job + "/stream").text()).contains("complete");
        requests.learn(job);
      }
      user = Optional.of(fresh);
    }
    return user.map(Client::token);
  }

  private void check(Operation operation, RawHttp.Request request) {
    long begun = System.nanoTime();
    Answer answer = RawHttp.send(service().port(), request);
    times.add(Duration.ofNanos(System.nanoTime() - begun));
    int status = answer.status();
    statuses.computeIfAbsent(operation.id(), any -> new HashSet<>()).add(status);
    boolean over = user.map(one -> one.get("/v1/auth/me").status() == 401).orElse(false);
    if (over) {
      user = Optional.empty();
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
  }
}
