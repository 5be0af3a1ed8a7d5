package io.contentcrew.app;

import io.contentcrew.ports.subscription.WebhookDelivery;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Carries what the test provider tells to the service's own door, over HTTP, as a real provider
 * does: again and again until it is taken. Safe for use by many threads.
 */
final class TestCourier implements Consumer<WebhookDelivery>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.app");
  private static final int TRIES = 12;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<URI> door = new CompletableFuture<>();

  /** Says where to deliver, which is known once the service listens. */
  void deliverTo(URI address) {
    door.complete(address);
  }

  /**
   * Delivers, and waits until that was answered for the first time, or for a while: real providers
   * do so too before they send a buyer back, so that the page there already shows what was bought.
   */
  @Override
  public void accept(WebhookDelivery delivery) {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    threads.execute(() -> deliver(delivery, answered));
    try {
      answered.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(Level.DEBUG, "A delivery of the test provider is still under way");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(WebhookDelivery delivery, CompletableFuture<Void> answered) {
    try {
      URI address = door.get();
      Duration pause = FIRST_PAUSE;
      for (int left = TRIES; !isTaken(address, delivery) && left > 1; left--) {
        answered.complete(null);
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
      }
    } catch (InterruptedException | ExecutionException e) {
      LOG.log(Level.DEBUG, "A delivery of the test provider is given up, as the service stops");
    } finally {
      answered.complete(null);
    }
  }

  private static boolean isTaken(URI address, WebhookDelivery delivery) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(delivery.body().length);
      delivery
          .headers()
          .forEach(
              (name, values) ->
                  values.forEach(value -> connection.addRequestProperty(name, value)));
      try (OutputStream out = connection.getOutputStream()) {
        out.write(delivery.body());
      }
      int status = connection.getResponseCode();
      connection.disconnect();
      if (status != HttpURLConnection.HTTP_OK) {
        LOG.log(Level.WARNING, "A delivery of the test provider was answered with {0}", status);
      }
      return status == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A delivery of the test provider was not answered: {0}", e.toString());
      return false;
    }
  }

  /** Gives up what was not taken yet. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
