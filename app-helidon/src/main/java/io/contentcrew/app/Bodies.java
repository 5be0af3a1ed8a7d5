package io.contentcrew.app;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the bodies of requests, within limits of size and of time, and of what all of them together
 * may take.
 */
final class Bodies {
  /**
   * So much more of a body that is too large is read and thrown away: a client that still sends
   * when the connection is closed would see that, and not the answer.
   */
  static final long SWALLOWED = 4 << 20;

  /** Of one whose length is not told, which may have no end. */
  private static final long SWALLOWED_BLINDLY = 1 << 20;

  /**
   * For a body that nobody wants: closed on at once, a client that still sends would see that only.
   */
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  /** Answers to bodies that are given up. */
  private static final Set<Integer> UNREAD = Set.of(408, 413);

  private final int maxBytes;
  private final Duration timeout;
  private final Watchdog watchdog;
  private final BodyBudget budget;

  Bodies(int maxBytes, Duration timeout, Watchdog watchdog, BodyBudget budget) {
    this.maxBytes = maxBytes;
    this.timeout = timeout;
    this.watchdog = watchdog;
    this.budget = budget;
  }

  /**
   * Gives back what a request's body has taken of the budget, and takes in what a route has left of
   * it, because the next request follows after it; within the time that there is for a body.
   * Nothing follows after an answer that was said to be the last.
   */
  void leftovers(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    try (BodyBudget.Share share = budget.share()) {
      request.context().register(share);
      chain.proceed();
    }
    boolean last =
        response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
            || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    boolean givenUp = isGivenUp(request) || UNREAD.contains(response.status().code());
    if (!request.content().consumed() && !givenUp) {
      consume(request, last ? A_MOMENT : timeout);
    }
    if (last) {
      // else what else has come would be taken for a request, which no proxy has seen
      throw new CloseConnectionException("That was the last answer");
    }
  }

  private void consume(RoutingRequest request, Duration longest) {
    try (Watchdog.Watch watch = watchdog.watch()) {
      watch.begin(longest);
      try {
        request.content().consume();
      } catch (RuntimeException e) { // it is answered already
        throw new CloseConnectionException("The rest of the body did not come", e);
      } finally {
        watch.end();
      }
    }
  }

  /** The JSON object in the body. */
  JsonBody json(ServerRequest request) {
    boolean isJson =
        request
            .headers()
            .contentType()
            .map(HttpMediaType::mediaType)
            .filter(type -> type.text().equals("application/json"))
            .isPresent();
    if (!isJson) {
      throw Problem.of(Problem.Code.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json.")
          .asException();
    }
    byte[] bytes = bytes(request, maxBytes);
    if (bytes.length == 0) {
      throw Problem.of(Problem.Code.BAD_REQUEST, "The body is empty; it must be a JSON object.")
          .asException();
    }
    try {
      return new JsonBody(Json.read(bytes));
    } catch (JsonProcessingException e) {
      throw Problem.of(
              Problem.Code.BAD_REQUEST, "The body is not the JSON this address takes: " + where(e))
          .asException();
    } catch (IOException e) {
      throw Problem.of(Problem.Code.BAD_REQUEST, "The body is not UTF-8.").asException();
    }
  }

  /** Where the JSON goes wrong and how, without repeating any of it. */
  private static String where(JsonProcessingException e) {
    String reason = e.getOriginalMessage();
    String kind =
        reason.contains("Duplicate field")
            ? "a member is named twice"
            : reason.contains("nesting depth") ? "it nests too deep" : "it is not well-formed";
    JsonLocation at = e.getLocation();
    return at == null
        ? kind + "."
        : kind + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ").";
  }

  /**
   * The body as it came, whatever it is; it may be empty.
   *
   * @param most so many bytes, whatever other bodies may have
   */
  byte[] raw(ServerRequest request, int most) {
    return bytes(request, most);
  }

  /** Whether some of the body may still be on its way, and nobody will take it in. */
  static boolean isGivenUp(ServerRequest request) {
    return request.context().get(BodyBudget.Share.class).filter(one -> one.isGivenUp()).isPresent();
  }

  private byte[] bytes(ServerRequest request, int maxBytes) {
    OptionalLong told = request.headers().contentLength();
    if (told.orElse(0) > maxBytes + SWALLOWED) {
      throw tooLarge(maxBytes);
    }
    long most = maxBytes + (told.isPresent() ? SWALLOWED : SWALLOWED_BLINDLY);
    BodyBudget.Share share = request.context().get(BodyBudget.Share.class).orElseThrow();
    Kept kept = new Kept(share, maxBytes);
    byte[] chunk = new byte[4096];
    try (Watchdog.Watch watch = watchdog.watch()) {
      watch.begin(timeout);
      InputStream in = request.content().inputStream();
      try {
        for (int n; (n = in.read(chunk)) >= 0 && kept.size <= most; ) {
          kept.add(chunk, n);
        }
        kept.check();
        watch.end();
        if (watch.bitten()) { // just now; whoever comes next must not be interrupted for it
          throw new IOException("too late");
        }
      } catch (IOException | RuntimeException e) {
        if (watch.bitten()) {
          Thread.interrupted();
          kept.check();
          throw Problem.of(
                  Problem.Code.REQUEST_TIMEOUT,
                  "The body did not arrive within " + timeout.toSeconds() + " s.")
              .asException();
        }
        if (e instanceof RuntimeException unchecked) {
          throw unchecked;
        }
        throw Problem.of(Problem.Code.BAD_REQUEST, "The body broke off.").asException();
      } finally {
        watch.end();
      }
    }
    return kept.bytes.toByteArray();
  }

  private static Problem.Thrown tooLarge(int maxBytes) {
    return Problem.of(Problem.Code.REQUEST_TOO_LARGE, "The body may have " + maxBytes + " bytes.")
        .asException();
  }

  /** A body as far as it has come: all of it is kept, or nothing. */
  private static final class Kept {
    private final BodyBudget.Share share;
    private final int most;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private long size;
    private boolean noRoom;

    Kept(BodyBudget.Share share, int most) {
      this.share = share;
      this.most = most;
    }

    void add(byte[] chunk, int n) {
      size += n;
      if (noRoom) {
        return;
      }
      noRoom = size <= most && !share.take(n);
      if (noRoom || size > most) {
        bytes = new ByteArrayOutputStream(0); // whoever goes on sending holds nothing more
        share.close();
      } else {
        bytes.write(chunk, 0, n);
      }
    }

    /** Ends the request if nothing was kept. */
    void check() {
      if (size > most) {
        throw tooLarge(most);
      }
      if (noRoom) {
        share.giveUp();
        throw Problem.of(
                Problem.Code.SERVICE_UNAVAILABLE,
                "Too much is being sent to the service at once. Please send it again.")
            .retryAfter(Duration.ofSeconds(1))
            .asException();
      }
    }
  }
}
