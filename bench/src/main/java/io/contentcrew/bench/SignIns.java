package io.contentcrew.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Clients that sign in without pause, each to an account of its own: tries at one account wait for
 * each other.
 */
final class SignIns implements AutoCloseable {
  private final Api api;
  private final ExecutorService threads;
  private final List<Future<?>> clients = new ArrayList<>();
  private final Map<Integer, Long> answers = new ConcurrentHashMap<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile boolean over;

  private SignIns(URI service, int clients) {
    api = new Api(service);
    threads = Executors.newFixedThreadPool(clients);
  }

  /** One client for each account; none is fine, too. */
  static SignIns start(URI service, List<Api.Account> accounts) {
    SignIns signIns = new SignIns(service, Math.max(1, accounts.size()));
    for (Api.Account account : accounts) {
      signIns.clients.add(
          signIns.threads.submit(
              () -> {
                signIns.signInAgainAndAgain(account);
                return true;
              }));
    }
    return signIns;
  }

  private void signInAgainAndAgain(Api.Account account) throws IOException, InterruptedException {
    try {
      while (!over) {
        answers.merge(api.signIn(account), 1L, Long::sum);
        first.countDown();
      }
    } finally {
      first
          .countDown(); // a client that breaks is told of in the end, and not waited for until then
    }
  }

  /** Waits until the service is at work: from now on answers come as fast as it makes them. */
  void awaitFirst() throws IOException, InterruptedException {
    if (!clients.isEmpty() && !first.await(120, TimeUnit.SECONDS)) {
      throw new IOException("no sign-in was answered within 120 s");
    }
  }

  /** How many answers of each status there have been. */
  SortedMap<Integer, Long> answers() {
    return new TreeMap<>(answers);
  }

  /** Lets each client wait for its last answer. */
  void stop() throws InterruptedException {
    over = true;
    try {
      for (Future<?> client : clients) {
        client.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client broke", e.getCause());
    }
  }

  @Override
  public void close() {
    over = true;
    threads.close();
    api.close();
  }
}
