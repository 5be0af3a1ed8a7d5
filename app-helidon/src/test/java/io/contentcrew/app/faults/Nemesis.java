package io.contentcrew.app.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/**
 * Does harm to a cluster by a plan that follows from a seed, in rounds: each has one fault, at
 * times a second one elsewhere, and when it is over everything is mended.
 */
final class Nemesis {
  /** What a restart takes, in a plan; in life it takes what it takes. */
  private static final Duration RESTART = Duration.ofSeconds(4);

  /** A fault: when it begins within its round, and how long it lasts. */
  record Step(Duration from, Duration lasts, Fault fault) {
    @Override
    public String toString() {
      return "after %s for %s: %s".formatted(History.seconds(from), History.seconds(lasts), fault);
    }
  }

  /** Faults at the same time, at different targets. */
  record Round(List<Step> steps) {
    Round {
      steps = List.copyOf(steps);
      long targets = steps.stream().map(step -> step.fault.target()).distinct().count();
      if (targets < steps.size()) {
        throw new IllegalArgumentException("two faults at one target: " + steps);
      }
    }

    private Duration nominal() {
      return steps.stream()
          .map(step -> step.from.plus(step.lasts))
          .max(Duration::compareTo)
          .orElseThrow()
          .plus(RESTART);
    }
  }

  private final Cluster cluster;
  private final History history;
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  Nemesis(Cluster cluster, History history) {
    this.cluster = cluster;
    this.history = history;
  }

  /** The plan of a seed for a run of about that length. */
  static List<Round> plan(long seed, Duration length, Timers timers) {
    RandomGenerator random = Seeds.dice(seed);
    List<Round> plan = new ArrayList<>();
    for (Duration at = Duration.ZERO; at.compareTo(length) < 0; ) {
      Round round = round(random, timers);
      plan.add(round);
      at = at.plus(round.nominal());
    }
    return plan;
  }

  private static Round round(RandomGenerator random, Timers timers) {
    List<Step> steps = new ArrayList<>();
    steps.add(step(random, timers));
    if (random.nextInt(3) == 0) {
      Step second = step(random, timers);
      if (second.fault.target() != steps.getFirst().fault.target()) {
        steps.add(second);
      }
    }
    return new Round(steps);
  }

  private static Step step(RandomGenerator random, Timers timers) {
    Fault fault = Fault.any(random);
    Duration lasts =
        fault instanceof Fault.Pause
            ? timers.zombie()
            : between(random, 1_000, (int) timers.deadAfter().multipliedBy(2).toMillis());
    return new Step(between(random, 500, 2_500), lasts, fault);
  }

  private static Duration between(RandomGenerator random, int fromMillis, int toMillis) {
    return Duration.ofMillis(random.nextInt(fromMillis, toMillis));
  }

  /** Carries the plan out, and returns when everything is whole again and ready. */
  void carryOut(List<Round> plan) throws InterruptedException {
    for (Round round : plan) {
      List<Thread> threads =
          round.steps.stream().map(step -> Thread.ofVirtual().start(() -> carryOut(step))).toList();
      for (Thread thread : threads) {
        thread.join();
      }
      if (!failures.isEmpty()) {
        throw new IllegalStateException("the nemesis itself failed", failures.peek());
      }
    }
    cluster.awaitReady();
    history.whole();
  }

  private void carryOut(Step step) {
    try {
      Thread.sleep(step.from);
      history.mark("begins: " + step.fault);
      if (step.fault instanceof Fault.LosePostgres) {
        history.losesStore();
      }
      step.fault.begin(cluster);
      Thread.sleep(step.lasts);
      history.mark("ends: " + step.fault);
      step.fault.end(cluster);
      history.mark("ended: " + step.fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failures.add(e);
    }
  }
}
