package io.contentcrew.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import redis.embedded.RedisServer;

/** A Redis server for one run, set up as in {@code docker-compose.yml} but for the password. */
final class RedisProcess implements AutoCloseable {
  /** What a service needs besides the address: it refuses a password that it did not ask for. */
  static final Map<String, String> WITHOUT_PASSWORD =
      Map.of("REDIS_PASSWORD", "", "REDIS_PASSWORD_FILE", "");

  private final RedisServer server;
  private final int port;

  private RedisProcess(RedisServer server, int port) {
    this.server = server;
    this.port = port;
  }

  static RedisProcess start() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    RedisServer server =
        RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .setting("appendonly no")
            .setting("maxmemory 256mb")
            .setting("maxmemory-policy noeviction")
            .build();
    server.start();
    return new RedisProcess(server, port);
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}
