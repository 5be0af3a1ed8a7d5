package io.contentcrew.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that says what it is told to. Its keys are the verbs of commands, {@code GREETING},
 * {@code .} for the end of a message, and {@code TLS } before what is said after STARTTLS.
 */
final class ScriptedSmtp implements AutoCloseable {
  /** Instead of a reply: says nothing, and keeps the connection. */
  static final String STALL = "stall";

  /** Instead of a reply: says a part of one, a byte now and then, and never ends. */
  static final String DRIP = "drip";

  /** Instead of a reply: ends the connection. */
  static final String HANG_UP = "hang up";

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Map<String, String> replies = new ConcurrentHashMap<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Semaphore ended = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable SSLContext tls;
  private volatile boolean deaf;

  ScriptedSmtp() {
    this(ServerSocketFactory.getDefault());
  }

  /** Uses TLS from the first byte. */
  ScriptedSmtp(SSLContext context) {
    this(context.getServerSocketFactory());
  }

  private ScriptedSmtp(ServerSocketFactory sockets) {
    try {
      server = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reply("GREETING", "220 ready");
    reply("EHLO", "250-scripted\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN");
    reply("DATA", "354 go on");
    reply("QUIT", "221 bye");
    reply("AUTH", "235 welcome");
    threads.submit(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  ScriptedSmtp reply(String command, String reply) {
    replies.put(command, reply);
    return this;
  }

  /** Offers STARTTLS, and takes it. */
  ScriptedSmtp startsTls(SSLContext context) {
    tls = context;
    reply("EHLO", "250-scripted\r\n250 STARTTLS");
    reply("STARTTLS", "220 begin");
    return reply("TLS EHLO", "250-scripted\r\n250 AUTH PLAIN LOGIN");
  }

  /** Reads no message, though it asks for it. */
  ScriptedSmtp deafAfterData() {
    deaf = true;
    return this;
  }

  /** All lines that were heard; those after STARTTLS begin with {@code TLS }. */
  List<String> heard() {
    return heard;
  }

  /** Waits until a connection has ended that was not waited for yet. */
  void awaitEnd() throws InterruptedException {
    assertThat(ended.tryAcquire(60, TimeUnit.SECONDS)).as("a connection ended").isTrue();
  }

  /** Waits until such a line was heard. */
  void awaitHeard(String line) throws InterruptedException {
    for (int i = 0; i < 60_000 && !heard.contains(line); i++) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    assertThat(heard).contains(line);
  }

  private @Nullable Void accept() throws IOException {
    while (!server.isClosed()) {
      Socket socket = server.accept();
      sockets.add(socket);
      threads.submit(() -> talk(socket));
    }
    return null;
  }

  private @Nullable Void talk(Socket socket) throws Exception {
    try (socket) {
      if (say(socket, "", "GREETING", "220 ready")) {
        converse(socket, "");
      }
    } finally {
      ended.release();
    }
    return null;
  }

  private void converse(Socket socket, String prefix) throws Exception {
    BufferedReader in = reader(socket);
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(prefix + line);
      if (data && !line.equals(".")) {
        continue;
      }
      String verb = data ? "." : line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      if (!say(socket, prefix, verb, "250 fine")) {
        return;
      }
      SSLContext context = tls;
      if (verb.equals("STARTTLS") && context != null) {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secure.setUseClientMode(false);
        converse(secure, "TLS ");
        return;
      }
      if (deaf && verb.equals("DATA")) {
        closing.await();
      }
      data = verb.equals("DATA") && replies.get("DATA").startsWith("354");
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private boolean say(Socket socket, String prefix, String verb, String otherwise)
      throws Exception {
    String reply = replies.getOrDefault(prefix + verb, replies.getOrDefault(verb, otherwise));
    OutputStream out = socket.getOutputStream();
    switch (reply) {
      case STALL -> closing.await();
      case DRIP -> drip(out);
      case HANG_UP -> {}
      default -> {
        out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
      }
    }
    return false;
  }

  private void drip(OutputStream out) throws Exception {
    out.write("250-".getBytes(StandardCharsets.US_ASCII));
    while (!closing.await(20, TimeUnit.MILLISECONDS)) {
      out.write('x');
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.close();
  }
}
