package io.contentcrew.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Reads many streams at once, with one thread. */
final class StreamClient implements AutoCloseable {
  private final Selector selector;
  private final CountDownLatch opened;
  private final Thread thread;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final Duration limit;
  private int left;
  private volatile @Nullable Throwable broken;

  private StreamClient(int streams, Duration limit) throws IOException {
    this.selector = Selector.open();
    this.opened = new CountDownLatch(streams);
    this.left = streams;
    this.limit = limit;
    this.thread = Thread.ofPlatform().name("stream-client").daemon().unstarted(this::run);
  }

  /** Sends all requests to that address and begins to read; what takes too long is given up. */
  static StreamClient open(
      InetSocketAddress address, List<? extends StreamReader> readers, Duration limit)
      throws IOException {
    StreamClient client = new StreamClient(readers.size(), limit);
    for (StreamReader reader : readers) {
      SocketChannel channel = SocketChannel.open(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.write(ByteBuffer.wrap(reader.request()));
      channel.configureBlocking(false);
      channel.register(client.selector, SelectionKey.OP_READ, reader);
    }
    client.thread.start();
    return client;
  }

  /** Open once every stream has sent its head. */
  CountDownLatch opened() {
    return opened;
  }

  private void run() {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (left > 0 && System.nanoTime() - end < 0) {
        selector.select(this::read, 200);
      }
      for (SelectionKey key : selector.keys()) {
        if (key.isValid()) {
          ((StreamReader) key.attachment()).fail("the stream had not ended after " + limit);
        }
      }
    } catch (IOException | RuntimeException e) {
      broken = e;
    }
  }

  private void read(SelectionKey key) {
    StreamReader reader = (StreamReader) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      boolean wasOpen = reader.isOpen();
      buffer.clear();
      int count = channel.read(buffer);
      if (count < 0) {
        reader.fail("the connection was closed");
      } else {
        reader.feed(buffer.array(), count, System.nanoTime());
      }
      if (!wasOpen && (reader.isOpen() || reader.isDone())) {
        opened.countDown();
      }
      if (reader.isDone()) {
        left--;
        channel.close();
      } else if (reader.asksAgain()) {
        channel.write(ByteBuffer.wrap(reader.request()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until all streams have ended, or were given up. */
  void await() throws InterruptedException {
    thread.join();
    if (broken != null) {
      throw new IllegalStateException("the load client broke", broken);
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
