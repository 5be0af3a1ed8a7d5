package io.contentcrew.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for Ollama that writes known answers at a given pace: one thread, and one write for
 * each token, as Ollama does. It notes when it wrote each one.
 */
final class PacedModel implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final Selector selector;
  private final Thread thread;
  private final ModelLines lines;
  private final long gapNanos;
  private final PriorityQueue<ModelTalk> flowing = new PriorityQueue<>();
  private final List<ModelTalk> holding = new ArrayList<>();
  private volatile @Nullable Round round;
  private volatile @Nullable Throwable broken;

  private PacedModel(ServerSocketChannel listener, Answers answers, double rate)
      throws IOException {
    this.listener = listener;
    this.lines = new ModelLines(answers);
    this.gapNanos = rate == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / rate);
    this.selector = Selector.open();
    listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    this.thread = Thread.ofPlatform().name("paced-model").daemon().unstarted(this::serve);
    thread.start();
  }

  /**
   * Starts on a free port.
   *
   * @param rate tokens a second of one answer; 0 for as many as can be written
   */
  static PacedModel start(Answers answers, double rate) {
    try {
      ServerSocketChannel listener = ServerSocketChannel.open();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
      return new PacedModel(listener, answers, rate);
    } catch (IOException e) {
      throw new UncheckedIOException("the stand-in for the model cannot listen", e);
    }
  }

  InetSocketAddress address() {
    try {
      return (InetSocketAddress) listener.getLocalAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers the streams of this round from now on, and holds their first answers. */
  void begin(Round next) {
    round = next;
  }

  /** Lets the held answers flow, spread over the time between two tokens. */
  void release() {
    Round current = round;
    if (current == null) {
      throw new IllegalStateException("there is no round to be released");
    }
    current.release();
    selector.wakeup();
  }

  private void serve() {
    try {
      while (listener.isOpen()) {
        selector.select(this::ready, untilNext());
        startHeld();
        writeDue();
      }
    } catch (IOException | RuntimeException e) {
      if (listener.isOpen()) {
        broken = e;
      }
    }
  }

  /** Milliseconds; at least one, for 0 would wait for ever. */
  private long untilNext() throws IOException {
    ModelTalk next = flowing.peek();
    if (next == null) {
      return 200;
    }
    long nanos = next.due() - System.nanoTime();
    if (nanos <= 0) {
      selector.selectNow(this::ready);
    }
    return Math.max(1, nanos / 1_000_000);
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel channel = listener.accept();
        if (channel != null) {
          channel.configureBlocking(false);
          channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
          channel.register(selector, SelectionKey.OP_READ, new ModelTalk(channel, lines));
        }
      } else {
        read(key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key) throws IOException {
    ModelTalk talk = (ModelTalk) key.attachment();
    try {
      if (!talk.read()) {
        leave(key, talk);
      } else if (talk.hasQuestion(round)) {
        Round current = talk.round();
        if (current.isReleased()) {
          flow(talk, System.nanoTime());
        } else {
          holding.add(talk);
        }
      }
    } catch (IOException e) { // a client that breaks off
      leave(key, talk);
    }
  }

  private void leave(SelectionKey key, ModelTalk talk) throws IOException {
    key.cancel();
    flowing.remove(talk);
    holding.remove(talk);
    talk.close();
  }

  private void startHeld() {
    if (holding.isEmpty() || !holding.getFirst().round().isReleased()) {
      return;
    }
    long now = System.nanoTime();
    for (int i = 0; i < holding.size(); i++) {
      flow(holding.get(i), now + gapNanos * i / holding.size());
    }
    holding.clear();
  }

  private void flow(ModelTalk talk, long at) {
    talk.due(at);
    flowing.add(talk);
  }

  /** One token for each answer whose time has come. */
  private void writeDue() throws IOException {
    long now = System.nanoTime();
    for (int left = flowing.size(); left > 0; left--) {
      ModelTalk talk = flowing.peek();
      if (talk == null || talk.due() - now > 0) {
        return;
      }
      flowing.remove();
      boolean more;
      try {
        more = talk.write();
      } catch (IOException e) { // a client that breaks off
        talk.close();
        more = false;
      }
      if (more) {
        boolean paced = gapNanos > 0 && !talk.round().isHurried();
        flow(talk, paced ? talk.due() + gapNanos : System.nanoTime());
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      selector.wakeup();
      thread.join();
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (broken != null) {
      throw new IllegalStateException("the stand-in for the model broke", broken);
    }
  }
}
