package io.contentcrew.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts requests by method, route and status. Routes are patterns, so their number is bounded.
 * Safe for use by many threads.
 */
final class HttpMetrics {
  private final MeterRegistry registry;
  private final ConcurrentHashMap<Key, Timer> timers = new ConcurrentHashMap<>();

  private record Key(String method, String route, int status) {}

  HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void request(String method, String route, int status, long nanos) {
    timers
        .computeIfAbsent(new Key(known(method), route, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Key key) {
    return Timer.builder("http.server.requests")
        .description("Requests; of streams, their whole life")
        .tag("method", key.method)
        .tag("route", key.route)
        .tag("status", String.valueOf(key.status))
        .register(registry);
  }

  private static String known(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
      default -> "OTHER";
    };
  }
}
