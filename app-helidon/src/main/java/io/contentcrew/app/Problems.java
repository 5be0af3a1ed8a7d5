package io.contentcrew.app;

import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.helidon.http.BadRequestException;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.HttpMediaType;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one place that turns errors into answers. */
final class Problems {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.http");
  private static final Header PROBLEM_JSON =
      HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/problem+json");
  private static final Duration A_MOMENT = Duration.ofSeconds(2);

  private Problems() {}

  /** Registers what answers for exceptions and for what no route takes. */
  static void register(HttpRouting.Builder routing) {
    routing.error(Throwable.class, Problems::handle);
  }

  /** What answers for requests that do not get as far as the routes. */
  static DirectHandlers directHandlers(SecurityHeaders securityHeaders, Cors cors) {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    DirectHandler handler =
        (request, type, status, headers, message) -> {
          securityHeaders.add(headers);
          cors.add(request.headers(), headers);
          return direct(request, code(type, status), headers);
        };
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }

  private static void handle(ServerRequest request, ServerResponse response, Throwable error) {
    send(request, response, problem(request, error));
  }

  static Problem problem(ServerRequest request, Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem.Thrown thrown) {
        return thrown.problem();
      }
      if (cause instanceof PortException outside) {
        return outside(request, outside);
      }
      if (cause instanceof HttpException http) {
        return ofStatus(http.status().code());
      }
      if (cause instanceof RequestException bad) {
        return ofStatus(bad.status().code());
      }
      if (cause instanceof BadRequestException) {
        return ofStatus(400);
      }
    }
    LOG.log(Level.ERROR, "Request " + RequestIds.of(request) + " failed", error);
    return Problem.internal();
  }

  private static Problem outside(ServerRequest request, PortException error) {
    return switch (error) {
      case PortUnavailableException unavailable -> {
        LOG.log(
            Level.WARNING, "Request {0}: {1}", RequestIds.of(request), unavailable.getMessage());
        yield Problem.of(
                Problem.Code.SERVICE_UNAVAILABLE,
                "A part of the service cannot be reached. Please try again in a moment.")
            .retryAfter(unavailable.retryAfter().orElse(A_MOMENT));
      }
      case PortFailureException failure -> {
        LOG.log(Level.ERROR, "Request " + RequestIds.of(request) + " failed", failure);
        yield Problem.internal();
      }
    };
  }

  private static Problem ofStatus(int status) {
    return switch (status) {
      case 401 -> Problem.of(Problem.Code.AUTH_ERROR, "Sign in and send the access token.");
      case 403 -> Problem.of(Problem.Code.FORBIDDEN, "That is not allowed.");
      case 404 -> Problem.of(Problem.Code.NOT_FOUND, "There is nothing at this address.");
      case 405 ->
          Problem.of(Problem.Code.METHOD_NOT_ALLOWED, "This address does not know that method.");
      case 413 ->
          Problem.of(Problem.Code.REQUEST_TOO_LARGE, "The body is larger than allowed here.");
      case 415 -> Problem.of(Problem.Code.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
      case 501, 505 ->
          Problem.of(
              Problem.Code.BAD_REQUEST, "Speak HTTP/1.1, with no transfer encoding but chunked.");
      case 503 ->
          Problem.of(
                  Problem.Code.SERVICE_UNAVAILABLE,
                  "The service has too much to do. Please try again in a moment.")
              .retryAfter(A_MOMENT);
      default ->
          status >= 400 && status < 500
              ? Problem.of(
                  Problem.Code.BAD_REQUEST,
                  "The request is not well-formed HTTP, its address is not, or its head is too"
                      + " long.")
              : Problem.internal();
    };
  }

  /**
   * Answers with the problem; if an answer was begun already, all that is left is to cut it off.
   */
  static void send(ServerRequest request, ServerResponse response, Problem problem) {
    if (response.isSent()) {
      return;
    }
    response.status(Status.create(problem.code().status()));
    response.header(PROBLEM_JSON);
    response.header(Replies.NO_STORE);
    if (problem.code() == Problem.Code.AUTH_ERROR) {
      response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    problem.retryAfter().ifPresent(time -> response.header(HeaderNames.RETRY_AFTER, seconds(time)));
    if (problem.code() == Problem.Code.REQUEST_TOO_LARGE
        || problem.code() == Problem.Code.REQUEST_TIMEOUT
        || Bodies.isGivenUp(request)) {
      response.header(HeaderValues.CONNECTION_CLOSE); // the rest of the body is still on its way
    }
    String instance = request.prologue().uriPath().path();
    response.send(Json.write(body(problem, instance, RequestIds.of(request))));
  }

  private static String seconds(Duration time) {
    return String.valueOf(Math.max(1, (time.toMillis() + 999) / 1000));
  }

  /**
   * What fails behind the routes' own handler is the reading of a head: the server (4.5.0) trips
   * over one that is just too long.
   */
  private static int code(DirectHandler.EventType type, Status status) {
    return type == DirectHandler.EventType.INTERNAL_ERROR ? 400 : status.code();
  }

  private static DirectHandler.TransportResponse direct(
      DirectHandler.TransportRequest request, int status, ServerResponseHeaders headers) {
    Problem problem = ofStatus(status);
    String id = RequestIds.make();
    headers.set(RequestIds.HEADER, id);
    headers.contentType(HttpMediaType.create("application/problem+json"));
    headers.set(Replies.NO_STORE);
    return DirectHandler.TransportResponse.builder()
        .status(Status.create(problem.code().status()))
        .headers(headers)
        .keepAlive(false)
        .entity(Json.write(body(problem, request.path(), id)))
        .build();
  }

  private static Map<String, Object> body(Problem problem, String instance, String requestId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "/docs/problems#" + problem.code().name().toLowerCase(java.util.Locale.ROOT));
    body.put("title", problem.code().title());
    body.put("status", problem.code().status());
    body.put("detail", problem.detail());
    body.put("instance", instance);
    body.put("code", problem.code().name());
    body.put("request_id", requestId);
    if (!problem.errors().isEmpty()) {
      body.put("errors", List.copyOf(problem.errors()));
    }
    body.putAll(problem.more());
    return body;
  }
}
