package io.contentcrew.app.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Users at work on the cluster, each in a thread of its own, and readers of their jobs. */
final class Traffic {
  private static final int READERS_AT_ONCE = 24;

  private final Cluster cluster;
  private final Api api;
  private final long seed;
  private final List<Thread> users = new ArrayList<>();
  private final Queue<Thread> watchers = new ConcurrentLinkedQueue<>();
  private final Queue<Thread> deliveries = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Queue<Account> accounts = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;
  private volatile boolean givingUp;

  private Traffic(Cluster cluster, Api api, long seed) {
    this.cluster = cluster;
    this.api = api;
    this.seed = seed;
  }

  /** Sets that many users to work. */
  static Traffic start(Cluster cluster, Api api, long seed, int count) {
    Traffic traffic = new Traffic(cluster, api, seed);
    for (int i = 1; i <= count; i++) {
      Persona persona = new Persona(i, traffic, Seeds.dice(seed * 1_000 + i));
      traffic.users.add(traffic.thread("user-" + i, persona::work));
    }
    Courier courier = new Courier(traffic, seed);
    traffic.users.add(traffic.thread("courier", courier::work));
    return traffic;
  }

  /** Work that may be interrupted. */
  interface Work {
    void run() throws InterruptedException;
  }

  private Thread thread(String name, Work work) {
    return Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                work.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException | Error e) {
                failures.add(e); // a bug of the harness, not of what is tested
              }
            });
  }

  Api api() {
    return api;
  }

  Cluster cluster() {
    return cluster;
  }

  /** Whether there is as much to read as a busy machine can bear: then nobody submits. */
  boolean isEnough() {
    return watchers.stream().filter(Thread::isAlive).count() >= READERS_AT_ONCE;
  }

  boolean isStopping() {
    return stopping;
  }

  /** Sets a reader to a job. */
  void watch(Account account, String job) {
    int number = watchers.size() + 1;
    Watcher watcher =
        new Watcher(
            api,
            cluster.instances(),
            account,
            "reader " + number,
            job,
            Seeds.dice(seed * 1_000_000 + number));
    watchers.add(thread("reader-" + number, () -> watcher.watch(() -> givingUp)));
  }

  /** Has something delivered. */
  void deliver(Work delivery) {
    deliveries.add(thread("delivery-" + (deliveries.size() + 1), delivery));
  }

  /** How many deliveries are not taken yet. */
  long openDeliveries() {
    return deliveries.stream().filter(Thread::isAlive).count();
  }

  boolean isGivingUp() {
    return givingUp;
  }

  /** Has the users finish what they are at, and waits for them. */
  void stop() throws InterruptedException {
    stopping = true;
    for (Thread user : users) {
      user.join();
    }
  }

  /** Waits until all deliveries are taken, but not longer than that. */
  void awaitDeliveries(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (Thread delivery : deliveries) {
      delivery.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
  }

  /** Waits until all readers have seen the end of their jobs, but not longer than that. */
  void awaitReaders(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (Thread watcher : watchers) {
      watcher.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
    givingUp = true;
    for (Thread watcher : watchers) {
      watcher.join();
    }
    for (Thread delivery : deliveries) {
      delivery.join();
    }
  }

  /** All accounts that were made. */
  List<Account> accounts() {
    return List.copyOf(accounts);
  }

  /** Somebody has made an account. */
  void joined(Account account) {
    accounts.add(account);
  }

  /** What broke in the harness itself. */
  List<Throwable> failures() {
    return List.copyOf(failures);
  }
}
