package io.contentcrew.adapters.oauth;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The servers of one provider. Who gets an answer from here gets one of 2xx or 4xx, whole; the rest
 * is thrown. No text of the provider is in any message: it may repeat what it was asked.
 */
final class Remote {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.oauth");
  private static final Duration LONGEST_RETRY = Duration.ofHours(1);

  private final String name;
  private final Http http;
  private final Breaker breaker;

  Remote(String name, Http http, OAuthConfig config, InstantSource clock) {
    this.name = name;
    this.http = http;
    this.breaker = new Breaker(clock, config.breakerPause());
  }

  String name() {
    return name;
  }

  /** Sends that request, to find out {@code what}. */
  Http.Reply send(String what, HttpRequest request) {
    Duration pause = breaker.enter();
    if (!pause.isZero()) {
      throw new PortUnavailableException(
          name + " failed several times and is left alone for a moment", null, pause);
    }
    Http.Reply reply = exchange(what, request);
    if (reply.status() >= 500 || reply.status() == 429) {
      failed();
      throw unavailable(what, reply);
    }
    if (reply.tooLong()) {
      failed();
      throw new PortFailureException(
          "%s answered with far too much, asked for %s: check its address".formatted(name, what),
          null);
    }
    if (breaker.succeeded()) {
      LOG.log(Level.INFO, "{0} answers again", name);
    }
    if (reply.status() < 200 || reply.status() / 100 == 3) {
      throw new PortFailureException(
          "%s answered with status %d, asked for %s, and is not followed elsewhere: check its address"
              .formatted(name, reply.status(), what),
          null);
    }
    return reply;
  }

  private Http.Reply exchange(String what, HttpRequest request) {
    try {
      return http.send(request);
    } catch (IOException e) {
      failed();
      throw new PortUnavailableException(
          "%s did not answer, asked for %s".formatted(name, what), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PortUnavailableException(
          "interrupted while %s was asked for %s".formatted(name, what), e);
    }
  }

  private void failed() {
    if (breaker.failed()) {
      LOG.log(Level.WARNING, "{0} failed several times and is left alone for a moment", name);
    }
  }

  /** An answer that says to come back later. */
  PortUnavailableException unavailable(String what, Http.Reply reply) {
    return new PortUnavailableException(
        "%s answered with status %d, asked for %s".formatted(name, reply.status(), what),
        null,
        retryAfter(reply).orElse(null));
  }

  /** What the answer says of when to come back, where it says so in seconds. */
  static Optional<Duration> retryAfter(Http.Reply reply) {
    return reply
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(time -> time.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : time);
  }
}
