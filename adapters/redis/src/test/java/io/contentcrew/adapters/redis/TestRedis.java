package io.contentcrew.adapters.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/** A real Redis in a process of its own, which can be killed, stopped and started again. */
final class TestRedis implements AutoCloseable {
  /** Races of many threads take their time on a busy machine. */
  static final Duration PATIENT = Duration.ofSeconds(20);

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final int port;
  private final List<String> settings;
  private Process process;

  private TestRedis(int port, List<String> settings) {
    this.port = port;
    this.settings = settings;
  }

  private static final class Holder {
    static final TestRedis SHARED = start();
  }

  private static final class Program {
    static final File FILE = unpack();

    private static File unpack() {
      try {
        File folder = new File("target/redis");
        folder.mkdirs();
        File program = ExecutableProvider.newJarResourceProvider(folder).get();
        program.setExecutable(true);
        return program.getAbsoluteFile();
      } catch (IOException e) {
        throw new UncheckedIOException("the tests' Redis could not be unpacked", e);
      }
    }
  }

  /** The server that most tests of this JVM share. */
  static TestRedis shared() {
    return Holder.SHARED;
  }

  /** A server with settings such as {@code "--requirepass", "secret"}. */
  static TestRedis start(String... settings) {
    TestRedis redis = notStarted(settings);
    redis.restart();
    return redis;
  }

  /** The same, to be started later. */
  static TestRedis notStarted(String... settings) {
    return new TestRedis(freePort(), List.of(settings));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Its own keys, and the usual timeouts. */
  RedisConfig config() {
    return RedisConfig.parse(url()).withKeyPrefix("test" + COUNTER.incrementAndGet() + ":");
  }

  /** Its own keys, and all the time that a busy machine may need. */
  RedisConfig patientConfig() {
    return config().withCommandTimeout(PATIENT);
  }

  /** Starts it, again on the same port. */
  void restart() {
    List<String> command = new ArrayList<>();
    command.add(Program.FILE.getPath());
    command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no"));
    command.addAll(settings);
    try {
      process =
          new ProcessBuilder(command)
              .directory(Program.FILE.getParentFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Process started = process;
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    } catch (IOException e) {
      throw new UncheckedIOException("the tests' Redis could not be started", e);
    }
    awaitPort();
  }

  private void awaitPort() {
    long end = System.nanoTime() + PATIENT.toNanos();
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new AssertionError("the tests' Redis does not answer", e);
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** The process stands still: its connections stay, and nothing is answered. */
  void pause() {
    signal("-STOP");
  }

  void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      int status =
          new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
      if (status != 0) {
        throw new AssertionError("kill %s ended with %d".formatted(signal, status));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Does something at the server, past the adapter. */
  <T> T at(Function<RedisCommands<String, String>, T> work) {
    return at("", work);
  }

  /** The same with a password. */
  <T> T at(String password, Function<RedisCommands<String, String>, T> work) {
    RedisURI.Builder uri = RedisURI.builder().withHost("127.0.0.1").withPort(port);
    Optional.of(password)
        .filter(p -> !p.isEmpty())
        .ifPresent(p -> uri.withPassword(p.toCharArray()));
    RedisClient client = RedisClient.create(uri.build());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return work.apply(connection.sync());
    } finally {
      client.shutdown(0, 2, TimeUnit.SECONDS);
    }
  }

  /** How often somebody was refused a command, a key or a channel. */
  int denied() {
    String errors = at(commands -> commands.info("errorstats"));
    Matcher denied = Pattern.compile("errorstat_NOPERM:count=(\\d+)").matcher(errors);
    return denied.find() ? Integer.parseInt(denied.group(1)) : 0;
  }

  /** Makes all keys of {@code prefix} believe that {@code time} has passed, also a negative one. */
  void pass(String prefix, Duration time) {
    String script =
        """
        for _, key in ipairs(redis.call('keys', ARGV[1] .. '*')) do
          if redis.call('type', key).ok == 'hash' then
            local at = tonumber(redis.call('hget', key, 'at')) - tonumber(ARGV[2])
            redis.call('hset', key, 'at', string.format('%.0f', at))
          end
          local left = redis.call('pttl', key) - math.floor(tonumber(ARGV[2]) / 1000)
          if left <= 0 then
            redis.call('del', key)
          else
            redis.call('pexpire', key, left)
          end
        end
        return 1
        """;
    String micros = String.valueOf(time.toNanos() / 1000);
    at(redis -> redis.<Long>eval(script, ScriptOutputType.INTEGER, new String[0], prefix, micros));
  }

  @Override
  public void close() {
    kill();
  }
}
