package io.contentcrew.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A stream of server-sent events that gives up when it is silent for too long. */
final class EventStream implements AutoCloseable {
  private static final Duration OPENING = Duration.ofSeconds(10);

  /** Comments come each second, so this is the silence of one that has been stopped. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static final String END = new String("end of the stream"); // told by its identity

  /** An event. */
  record Event(long id, String type, JsonNode data) {}

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final CompletableFuture<ResponseInfo> head = new CompletableFuture<>();
  private final CompletableFuture<?> exchange;
  private int status = History.UNKNOWN;

  private EventStream(HttpRequest request) {
    exchange =
        Api.HTTP.sendAsync(
            request,
            info -> {
              head.complete(info);
              return BodySubscribers.fromLineSubscriber(
                  new Lines(), any -> true, StandardCharsets.UTF_8, null);
            });
    exchange.whenComplete(
        (response, failure) -> {
          if (failure != null) {
            head.completeExceptionally(failure);
            lines.add(END);
          }
        });
  }

  static EventStream open(HttpRequest.Builder request, long after) {
    if (after > 0) {
      request.header("Last-Event-ID", String.valueOf(after));
    }
    EventStream stream = new EventStream(request.GET().build());
    stream.awaitHead();
    return stream;
  }

  private void awaitHead() {
    try {
      status = head.get(OPENING.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (ExecutionException | TimeoutException e) {
      close(); // whoever watches tries again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The status of the answer, {@link History#UNKNOWN} without one. */
  int status() {
    return status;
  }

  boolean hasRetryAfter() {
    return status != History.UNKNOWN && head.join().headers().firstValue("Retry-After").isPresent();
  }

  /** The next event; empty when the stream has ended, broken, or fallen silent. */
  Optional<Event> next() {
    long id = 0;
    String type = "message";
    while (status == 200) {
      String line = nextLine();
      if (line == END) {
        return Optional.empty();
      } else if (line.startsWith("id: ")) {
        id = Long.parseLong(line.substring(4));
      } else if (line.startsWith("event: ")) {
        type = line.substring(7);
      } else if (line.startsWith("data: ") && nextLine().isEmpty()) {
        return Optional.of(new Event(id, type, parsed(line.substring(6)))); // complete with its end
      }
    }
    return Optional.empty();
  }

  private String nextLine() {
    try {
      String line = lines.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (line == END) {
        lines.add(END); // it stays the end
      }
      return line == null ? END : line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return END;
    }
  }

  private static JsonNode parsed(String data) {
    try {
      return Api.JSON.readTree(data);
    } catch (IOException e) {
      throw new UncheckedIOException(data, e);
    }
  }

  @Override
  public void close() {
    exchange.cancel(true);
  }

  /** Puts the lines into the queue, and the end behind them. */
  private final class Lines implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
      lines.add(END);
    }

    @Override
    public void onComplete() {
      lines.add(END);
    }
  }
}
