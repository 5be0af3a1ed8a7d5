package io.contentcrew.adapters.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The server's settings: a file of ours, which the server reads after its own. */
final class ServerSettings {
  private static final String FILE = "contentcrew.conf";

  private ServerSettings() {}

  /** Makes a new cluster read the file. */
  static void include(Path cluster) throws IOException {
    Files.writeString(
        cluster.resolve("postgresql.conf"),
        System.lineSeparator() + "include_if_exists = '" + FILE + "'" + System.lineSeparator(),
        StandardOpenOption.APPEND);
  }

  /** Writes the file; to be called before each start. */
  static void write(Path cluster, EmbeddedPostgresConfig config, int port) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("listen_addresses", "'127.0.0.1'");
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", "''"); // its default is a folder that all may write to
    settings.put("max_connections", Integer.toString(config.maxConnections()));
    settings.put("shared_buffers", "'" + config.sharedBuffersMegabytes() + "MB'");
    settings.put("max_wal_size", "'256MB'");
    settings.put("timezone", "'UTC'");
    settings.put("log_timezone", "'UTC'");
    settings.put("lc_messages", "'C'");
    // Terse: the details of an error may hold what a user wrote.
    settings.put("log_error_verbosity", "terse");
    settings.put("log_min_error_statement", "panic");
    String durable = config.durable() ? "on" : "off";
    settings.put("fsync", durable);
    settings.put("synchronous_commit", durable);
    settings.put("full_page_writes", durable);
    Files.writeString(
        cluster.resolve(FILE),
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + " = " + setting.getValue())
            .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator())));
  }
}
