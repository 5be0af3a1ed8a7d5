package io.contentcrew.app;

import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortException;
import io.contentcrew.sdk.generation.WatchGeneration;
import io.contentcrew.sdk.generation.WatchGeneration.Opened;
import io.contentcrew.sdk.generation.WatchGeneration.Watcher;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * {@code GET /v1/content/jobs/{id}/stream}: a job's events as they happen. The stream is written
 * straight to the response, because the server's own sink for events sends neither {@code retry}
 * nor {@code no-transform}. Whoever leaves is noticed by the next write; the job goes on.
 */
final class StreamRoute {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.http");
  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Header EVENT_STREAM =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");
  private static final Header NO_TRANSFORM =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store, no-transform");
  private static final Header NO_BUFFERING = HeaderValues.createCached("X-Accel-Buffering", "no");
  private static final int ENOUGH = 32 * 1024;

  private final WatchGeneration watchGeneration;
  private final Callers callers;
  private final Watchdog watchdog;
  private final Duration heartbeat;
  private final Duration writeTimeout;
  private final OpenStreams open;

  StreamRoute(
      WatchGeneration watchGeneration,
      Callers callers,
      Watchdog watchdog,
      Duration heartbeat,
      Duration writeTimeout,
      OpenStreams open) {
    this.watchGeneration = watchGeneration;
    this.callers = callers;
    this.watchdog = watchdog;
    this.heartbeat = heartbeat;
    this.writeTimeout = writeTimeout;
    this.open = open;
  }

  void stream(ServerRequest request, ServerResponse response) {
    UserId caller = callers.require(request, response, ApiScope.CONTENT_READ).user().id();
    JobId id = GenerationRoutes.jobId(request);
    long after = after(request);
    Opened opened =
        watchGeneration.open(id, caller, after).orElseThrow(GenerationRoutes::noSuchJob);
    if (!opened.hasMore()) {
      Replies.nothing(response); // a browser that gets 204 does not come again
      return;
    }
    if (HeadRequests.isHead(request)) {
      response.header(EVENT_STREAM);
      response.header(NO_TRANSFORM);
      response.send(); // no place is taken for what nobody reads
      return;
    }
    OpenStreams.Place place = open.enter(caller);
    try {
      response.header(EVENT_STREAM);
      response.header(NO_TRANSFORM);
      response.header(NO_BUFFERING);
      send(response, opened, after, () -> callers.isStillIn(request));
    } finally {
      place.close();
    }
  }

  private void send(ServerResponse response, Opened opened, long after, BooleanSupplier stillIn) {
    try (Watchdog.Watch watch = watchdog.watch();
        OutputStream out = response.outputStream()) {
      write(opened, after, new Writer(opened.job(), out, watch, stillIn));
    } catch (UncheckedIOException | IOException e) {
      LOG.log(Level.DEBUG, "The reader of job {0} has left", opened.job().id());
    }
  }

  private void write(Opened opened, long after, Writer writer) {
    writer.say("retry: 2000\n\n");
    try {
      WatchGeneration.Outcome outcome = watchGeneration.watch(opened, after, heartbeat, writer);
      if (outcome == WatchGeneration.Outcome.INTERRUPTED) {
        writer.say(": the server is going away; connect again to go on after the last event\n");
        writer.say(
            "retry: "
                + ThreadLocalRandom.current().nextInt(500, 2_500)
                + "\n\n"); // not all at once
      }
      writer.flush();
    } catch (PortException e) {
      LOG.log(
          Level.WARNING,
          "The stream of job {0} breaks off: {1}",
          opened.job().id(),
          e.getMessage());
      writer.say(": the service cannot read on; connect again to go on after the last event\n\n");
      writer.flush();
    } catch (SignedOut e) {
      LOG.log(Level.DEBUG, "The reader of job {0} has signed out", opened.job().id());
    } catch (InterruptedException e) {
      // the reader was too slow, or the server is stopping: either way the connection ends
      Thread.currentThread().interrupt();
    }
  }

  private static long after(ServerRequest request) {
    Optional<String> sent =
        request.headers().first(LAST_EVENT_ID).or(() -> Parameters.query(request, "last_event_id"));
    return sent.filter(id -> NUMBER.matcher(id).matches()).map(Long::parseLong).orElse(0L);
  }

  /** Ends the watching of somebody who may not watch any more. */
  private static final class SignedOut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SignedOut() {
      super("signed out", null, false, false);
    }
  }

  /**
   * Carries events to the response: several in one write when they come together, each at once when
   * they do not.
   */
  private final class Writer implements Watcher {
    private final SseEvents events;
    private final OutputStream out;
    private final Watchdog.Watch watch;
    private final BooleanSupplier stillIn;
    private long lookAgain = System.nanoTime() + heartbeat.toNanos();

    Writer(Job job, OutputStream out, Watchdog.Watch watch, BooleanSupplier stillIn) {
      this.stillIn = stillIn;
      this.events = new SseEvents(job);
      this.out = out;
      this.watch = watch;
    }

    @Override
    public void event(LoggedEvent event) {
      events.add(event);
      if (events.size() > ENOUGH) {
        flush();
      }
    }

    @Override
    public void caughtUp() {
      flush();
      look();
    }

    @Override
    public void idle() {
      say(": still here\n\n");
      flush();
      look();
    }

    /** Now and then, as who signs out everywhere means here, too. */
    private void look() {
      if (System.nanoTime() - lookAgain < 0) {
        return;
      }
      lookAgain = System.nanoTime() + heartbeat.toNanos();
      if (!isStillIn()) {
        say(
            ": the session has ended; sign in, and connect again to go on after the last"
                + " event\n\n");
        flush();
        throw new SignedOut();
      }
    }

    /** Who cannot be asked about is let stay until somebody can. */
    private boolean isStillIn() {
      try {
        return stillIn.getAsBoolean();
      } catch (PortException e) {
        return true;
      }
    }

    void say(String lines) {
      events.addRaw(lines);
    }

    void flush() {
      if (events.isEmpty()) {
        return;
      }
      watch.begin(writeTimeout);
      try {
        events.drainTo(out);
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        watch.end();
      }
    }
  }
}
