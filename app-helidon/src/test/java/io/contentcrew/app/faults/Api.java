package io.contentcrew.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.app.faults.History.Call;
import io.contentcrew.app.faults.History.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks with the instances for everybody, and writes down what came of it. */
final class Api {
  static final ObjectMapper JSON = new ObjectMapper();
  static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final URI NOWHERE = URI.create("http://127.0.0.1:9"); // where nobody answers

  private final History history;
  private final AtomicInteger sessions = new AtomicInteger();

  Api(History history) {
    this.history = history;
  }

  History history() {
    return history;
  }

  /** What answers under a name. */
  interface Place {
    String name();

    /** Where it serves; empty while it is known not to. */
    Optional<URI> base();
  }

  /**
   * Somebody who may have signed in.
   *
   * @param user the account's id, empty for nobody
   * @param number of the session, as its token is in no history
   */
  record Session(String user, String token, int number) {
    static final Session NOBODY = new Session("", "", 0);
  }

  // ---- accounts

  Call signUp(Place at, String email, String password) {
    Map<String, String> body = Map.of("email", email, "password", password, "name", "Ada");
    return post(Kind.SIGNUP, at, Session.NOBODY, "", "/v1/auth/signup", body);
  }

  Call logIn(Place at, String email, String password) {
    Map<String, String> body = Map.of("email", email, "password", password);
    return post(Kind.LOGIN, at, Session.NOBODY, "", "/v1/auth/login", body);
  }

  /** The session that such an answer opens. */
  Session session(Call signedIn) {
    String token = signedIn.body().get("access_token").asText();
    int number = sessions.incrementAndGet();
    history.secret("the token of session " + number, token);
    history.secret(
        "the signature of session " + number, token.substring(token.lastIndexOf('.') + 1));
    return new Session(signedIn.body().at("/user/id").asText(), token, number);
  }

  Call logOut(Place at, Session session) {
    return post(Kind.LOGOUT, at, session, "", "/v1/auth/logout", Map.of());
  }

  Call me(Place at, Session session) {
    return get(Kind.ME, at, session, "", "/v1/auth/me");
  }

  // ---- jobs

  Call submit(Place at, Session session, String key, Map<String, Object> brief) {
    return post(
        Kind.SUBMIT, at, session, key, "/v1/content/generate", brief, "Idempotency-Key", key);
  }

  Call show(Place at, Session session, String job) {
    return get(Kind.SHOW, at, session, job, "/v1/content/jobs/" + job);
  }

  Call cancel(Place at, Session session, String job) {
    return post(Kind.CANCEL, at, session, job, "/v1/content/jobs/" + job + "/cancel", Map.of());
  }

  Call usage(Place at, Session session) {
    return get(Kind.USAGE, at, session, "", "/v1/usage");
  }

  /** Opens a stream of events after number {@code after}. */
  EventStream stream(Place at, Session session, String job, long after) {
    Duration begun = history.now();
    EventStream stream =
        EventStream.open(request(at, session, "/v1/content/jobs/" + job + "/stream"), after);
    history.add(
        new Call(
            Kind.STREAM,
            begun,
            history.now(),
            at.name(),
            session.user,
            session.number,
            job,
            stream.status(),
            stream.hasRetryAfter(),
            History.nothing()));
    return stream;
  }

  // ---- payments

  /** Sends what Stripe tells of a user, or somebody in its name. */
  Call webhook(Kind kind, Place at, String user, String event, byte[] body, String signature) {
    Session of = new Session(user, "", 0);
    return send(
        kind,
        at,
        of,
        event,
        request(at, of, "/api/webhooks/stripe")
            .header("Content-Type", "application/json")
            .header("Stripe-Signature", signature)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /** What somebody is told of what they have, when all was told of that. */
  Call tier(Place at, Session session) {
    return get(Kind.TIER, at, session, "", "/v1/auth/me");
  }

  /** The same by way of what they have bought. */
  Call subscription(Place at, Session session) {
    return get(Kind.SUBSCRIPTION, at, session, "", "/v1/billing/subscription");
  }

  // ---- HTTP

  private Call get(Kind kind, Place at, Session session, String subject, String path) {
    return send(kind, at, session, subject, request(at, session, path).GET());
  }

  private Call post(
      Kind kind,
      Place at,
      Session session,
      String subject,
      String path,
      Object body,
      String... headers) {
    HttpRequest.Builder request =
        request(at, session, path).header("Content-Type", "application/json").POST(json(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(kind, at, session, subject, request);
  }

  private static BodyPublisher json(Object body) {
    try {
      return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest.Builder request(Place at, Session session, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at.base().orElse(NOWHERE).resolve(path)).timeout(TIMEOUT);
    if (!session.token.isEmpty()) {
      request.header("Authorization", "Bearer " + session.token);
    }
    return request;
  }

  private Call send(
      Kind kind, Place at, Session session, String subject, HttpRequest.Builder request) {
    Duration begun = history.now();
    int status = History.UNKNOWN;
    boolean retryAfter = false;
    JsonNode body = History.nothing();
    try {
      HttpResponse<byte[]> answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      status = answer.statusCode();
      retryAfter = answer.headers().firstValue("Retry-After").isPresent();
      body = parsed(answer.body());
    } catch (IOException e) {
      status = History.UNKNOWN; // it is gone, stopped, or was cut off in its answer
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Call call =
        new Call(
            kind,
            begun,
            history.now(),
            at.name(),
            session.user,
            session.number,
            subject,
            status,
            retryAfter,
            body);
    history.add(call);
    return call;
  }

  /** What is no JSON counts as no body: the status is an answer all the same. */
  private static JsonNode parsed(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return History.nothing();
    }
  }
}
