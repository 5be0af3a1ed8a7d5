package io.contentcrew.app.faults;

import io.contentcrew.app.faults.Api.Session;
import io.contentcrew.app.faults.History.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A user who does what users do, at whichever instance, and tries again where a program would. When
 * the month's pieces are used up, another account is made.
 */
final class Persona {
  /** A word that stands in every topic, and may stand in no log. */
  static final String TOPIC_CANARY = "xylocanary";

  private static final int TRIES = 5;
  private static final int REFUSALS_BORNE = 4;
  private static final List<List<String>> FORMATS =
      List.of(
          List.of("social"),
          List.of("social"),
          List.of("blog"),
          List.of("blog", "social"),
          List.of("audio"),
          List.of("blog", "social", "audio", "video"));

  private final int number;
  private final Traffic traffic;
  private final Api api;
  private final RandomGenerator random;
  private final List<String> jobs = new ArrayList<>();
  private Optional<Account> current = Optional.empty();
  private int accounts;
  private int submits;
  private int refusals;
  private boolean tokenRefused; // as one may be by a clock that is far behind

  Persona(int number, Traffic traffic, RandomGenerator random) {
    this.number = number;
    this.traffic = traffic;
    this.api = traffic.api();
    this.random = random;
  }

  /** Works until the traffic stops. */
  void work() throws InterruptedException {
    api.history().secret("a word of all topics", TOPIC_CANARY);
    while (!traffic.isStopping()) {
      if (current.isEmpty() || refusals > REFUSALS_BORNE) {
        current = opened();
      } else if (tokenRefused) {
        tokenRefused = !current.get().signIn(anywhere()).succeeded();
      } else {
        act(current.get());
      }
      Thread.sleep(random.nextInt(100, 500)); // people think
    }
  }

  private Instance anywhere() {
    List<Instance> instances = traffic.cluster().instances();
    return instances.get(random.nextInt(instances.size()));
  }

  private void act(Account account) throws InterruptedException {
    int dice = random.nextInt(100);
    if (dice < 45 && !traffic.isEnough()) {
      submit(account);
    } else if (dice < 60) {
      ofAJob(job -> api.show(anywhere(), account.session(), job));
    } else if (dice < 70) {
      ofAJob(job -> api.cancel(anywhere(), account.session(), job));
    } else if (dice < 80 && !traffic.isEnough()) {
      ofAJob(job -> traffic.watch(account, job));
    } else if (dice < 90) {
      api.usage(anywhere(), account.session());
    } else {
      logOutAndTryAgain(account);
    }
  }

  private interface WithJob {
    void act(String job);
  }

  private void ofAJob(WithJob what) {
    if (!jobs.isEmpty()) {
      int from = Math.max(0, jobs.size() - 5); // the latest, where something may still happen
      what.act(jobs.get(random.nextInt(from, jobs.size())));
    }
  }

  // ---- accounts

  private Optional<Account> opened() throws InterruptedException {
    accounts++;
    refusals = 0;
    jobs.clear();
    Account account =
        new Account(
            api, "canary-%d-%d-%d@example.com".formatted(number, accounts, System.nanoTime()));
    if (!account.open(this::anywhere)) {
      return Optional.empty();
    }
    traffic.joined(account);
    return Optional.of(account);
  }

  /** Ends a session of its own, and then tries its token at both instances. */
  private void logOutAndTryAgain(Account account) {
    Call signedIn = account.signInBesides(anywhere());
    if (!signedIn.succeeded()) {
      return;
    }
    Session other = api.session(signedIn);
    api.logOut(anywhere(), other);
    traffic.cluster().instances().forEach(instance -> api.me(instance, other));
  }

  // ---- jobs

  /**
   * Submits with a key, again until there is an answer, and sometimes once more than needed. All
   * users write the same topics in the same order, so that equal briefs meet.
   */
  private void submit(Account account) throws InterruptedException {
    submits++;
    Map<String, Object> brief =
        Map.of(
            "topic",
            "Tea and %s number %d of %d".formatted(TOPIC_CANARY, submits, accounts),
            "formats",
            FORMATS.get(submits % FORMATS.size()),
            "length",
            "short");
    String key = "key-%d-%d-%d".formatted(number, accounts, submits);
    Call answer = api.submit(anywhere(), account.session(), key, brief);
    for (int i = 0; i < TRIES && isToBeTriedAgain(answer); i++) {
      Thread.sleep(300);
      answer = api.submit(anywhere(), account.session(), key, brief);
    }
    if (random.nextInt(3) == 0) {
      api.submit(anywhere(), account.session(), key, brief);
    }
    tokenRefused = answer.status() == 401;
    if (answer.status() == 201) {
      jobs.add(answer.job());
      traffic.watch(account, answer.job());
    } else if (answer.status() == 403) {
      refusals++;
    }
  }

  private static boolean isToBeTriedAgain(Call answer) {
    return answer.status() == History.UNKNOWN || answer.status() >= 500;
  }
}
