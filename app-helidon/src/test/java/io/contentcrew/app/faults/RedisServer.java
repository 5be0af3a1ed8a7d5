package io.contentcrew.app.faults;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import redis.embedded.core.ExecutableProvider;

/** A real Redis that keeps nothing on disk, and can be killed and started again on its port. */
public final class RedisServer implements AutoCloseable {
  public static final String PASSWORD = "canary-redis-Zt1Yw9Kd5Rf8Hn2";

  private final File executable;
  private final Path folder;
  private final int port;
  private Process process;

  private RedisServer(File executable, Path folder) throws IOException {
    this.port = freePort();
    this.executable = executable;
    this.folder = folder;
    this.process = launch();
  }

  /** Starts one that writes its log to that folder. */
  public static RedisServer start(Path folder) {
    try {
      Files.createDirectories(folder);
      File unpacked = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
      RedisServer server = new RedisServer(unpacked, folder);
      server.awaitServing();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() {
    ProcessBuilder builder =
        new ProcessBuilder(
                executable.getAbsolutePath(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--requirepass",
                PASSWORD,
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("redis.log").toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitServing() {
    await().atMost(Processes.PATIENCE).until(this::answers);
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket
          .getOutputStream()
          .write(("AUTH " + PASSWORD + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] expected = "+OK\r\n+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
      return Arrays.equals(socket.getInputStream().readNBytes(expected.length), expected);
    } catch (IOException e) {
      return false; // not yet
    }
  }

  public int port() {
    return port;
  }

  /** The address for an instance that reaches it at another port. */
  static String urlAt(int port) {
    return "redis://:%s@127.0.0.1:%d/0".formatted(PASSWORD, port);
  }

  /** Kills it: everything in it is gone. */
  void kill() {
    Processes.killTree(process.toHandle());
  }

  /** Starts it again, empty. */
  void restart() {
    process = launch();
    awaitServing();
  }

  @Override
  public void close() {
    kill();
  }
}
