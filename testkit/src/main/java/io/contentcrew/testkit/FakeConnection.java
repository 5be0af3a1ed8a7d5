package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.testkit.FakeAnswer.Step;
import io.contentcrew.testkit.FakeAnswer.Whole;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection to {@link FakeOllama}. One thread reads, so that it sees at once when the client
 * leaves; another one answers.
 */
final class FakeConnection {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeOllama server;
  private final Socket socket;
  private final long number;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable FakeRequest current;
  private @Nullable Thread answering;
  private volatile boolean closedByUs;

  FakeConnection(FakeOllama server, Socket socket, long number) {
    this.server = server;
    this.socket = socket;
    this.number = number;
  }

  /** Reads requests until one of the two sides closes. */
  void serve() {
    try {
      Wire wire = new Wire(socket);
      for (Wire.Head head = wire.read(); head != null; head = wire.read()) {
        awaitAnswered();
        FakeRequest request = request(head);
        FakeAnswer answer = server.take(request);
        lock.lock();
        try {
          current = request;
          answering = Thread.ofVirtual().start(() -> answer(wire, request, answer));
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException e) {
      // The client has reset the connection, or we have: for the reader both are the end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended();
    }
  }

  private void ended() {
    Thread thread;
    lock.lock();
    try {
      if (current != null && !closedByUs) {
        current.clientClosed();
      }
      thread = answering;
    } finally {
      lock.unlock();
    }
    if (thread != null) {
      thread.interrupt();
    }
    close();
  }

  /** Closes from our side. */
  void close() {
    closedByUs = true;
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a socket failed", e);
    }
  }

  private void awaitAnswered() throws InterruptedException {
    Thread thread = answering;
    if (thread != null) {
      thread.join();
    }
  }

  private FakeRequest request(Wire.Head head) throws IOException {
    String path = head.path().split("\\?", 2)[0];
    JsonNode body = head.body().isEmpty() ? JSON.missingNode() : JSON.readTree(head.body());
    return new FakeRequest(head.method(), path, head.headers(), body, number);
  }

  private void answer(Wire wire, FakeRequest request, FakeAnswer answer) {
    try {
      Tongue tongue = Tongue.of(request);
      if (answer.whole().isPresent()) {
        whole(wire, tongue, answer.whole().get());
      } else {
        stream(wire, tongue, request, answer);
      }
      lock.lock();
      try {
        current = null; // answered: a client that leaves now cuts nothing off
      } finally {
        lock.unlock();
      }
    } catch (IOException | InterruptedException e) {
      // The client has left: its request knows.
    } catch (RuntimeException | Error e) {
      server.broken(e);
      close();
    }
  }

  private void whole(Wire wire, Tongue tongue, Whole whole) throws IOException {
    if (whole.contentType().isEmpty()) {
      String body = tongue.refusal(whole.body());
      wire.whole(whole.status(), "application/json; charset=utf-8", whole.headers(), body);
    } else {
      wire.whole(whole.status(), whole.contentType(), whole.headers(), whole.body());
    }
  }

  private void stream(Wire wire, Tongue tongue, FakeRequest request, FakeAnswer answer)
      throws IOException, InterruptedException {
    String model = request.body().path("model").asText();
    boolean slowly = answer.isByteByByte();
    boolean headed = false; // Ollama sends its headers with the first line, not before
    int pieces = 0;
    for (Step step : answer.stepsFor(request)) {
      boolean sends =
          step instanceof Step.Text
              || step instanceof Step.Thought
              || step instanceof Step.Raw
              || step instanceof Step.Fill
              || step instanceof Step.Fault
              || step instanceof Step.Done
              || step instanceof Step.EndOfBody;
      if (sends && !headed) {
        wire.streamHead(tongue.contentType());
        headed = true;
      }
      switch (step) {
        case Step.Text text -> {
          pieces++;
          wire.chunk(bytes(tongue.text(model, text.piece())), slowly);
        }
        case Step.Thought thought ->
            wire.chunk(bytes(tongue.thought(model, thought.piece())), slowly);
        case Step.Raw raw -> wire.chunk(bytes(raw.text()), slowly);
        case Step.Fill fill -> fill(wire, fill);
        case Step.Await await -> await.latch().await();
        case Step.Pause pause -> Thread.sleep(pause.time());
        case Step.Fault fault -> wire.chunk(bytes(tongue.error(fault.text())), slowly);
        case Step.Done done -> {
          wire.chunk(bytes(tongue.done(model, done.reason(), answer.counts(), pieces)), slowly);
          wire.endOfBody();
        }
        case Step.EndOfBody end -> wire.endOfBody();
        case Step.Garbage garbage -> {
          wire.garbage(garbage.text());
          closedByUs = true;
          wire.hangUp();
        }
        case Step.HangUp hangUp -> {
          closedByUs = true;
          wire.hangUp();
        }
        case Step.Reset reset -> {
          closedByUs = true;
          wire.reset();
        }
        case Step.Stall stall -> new CountDownLatch(1).await();
      }
    }
  }

  private static void fill(Wire wire, Step.Fill fill) throws IOException {
    byte[] block = new byte[1 << 16];
    Arrays.fill(block, fill.value());
    for (long left = fill.count(); left > 0; left -= block.length) {
      wire.chunk(left < block.length ? Arrays.copyOf(block, (int) left) : block, false);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
