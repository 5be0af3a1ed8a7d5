package io.contentcrew.adapters.embeddedpostgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where and how the server runs.
 *
 * @param dataFolder that keeps the data; empty for a temporary one, which goes when the server is
 *     closed or this process exits
 * @param binariesFolder where the server's programs are unpacked, once, about 60 MB; may be shared
 * @param port on the loopback address; 0 for any that is free
 * @param durable whether a commit is on the disk before it is acknowledged; without, a crash of the
 *     machine or of the server may lose or ruin the data
 * @param startTimeout how long the server may take to start, recovery after a crash included
 * @param maxConnections how many connections there may be at once
 * @param sharedBuffersMegabytes of memory for the server's cache
 */
public record EmbeddedPostgresConfig(
    Optional<Path> dataFolder,
    Path binariesFolder,
    int port,
    boolean durable,
    Duration startTimeout,
    int maxConnections,
    int sharedBuffersMegabytes) {
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  public EmbeddedPostgresConfig {
    dataFolder = dataFolder.map(folder -> folder.toAbsolutePath().normalize());
    binariesFolder = binariesFolder.toAbsolutePath().normalize();
    Objects.requireNonNull(startTimeout, "startTimeout");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 1 to 65535, or 0 for any");
    }
    if (startTimeout.toSeconds() < 1) {
      throw new IllegalArgumentException("a server needs a second at least to start");
    }
    if (maxConnections < 5 || maxConnections > 1000) {
      throw new IllegalArgumentException("a server allows 5 to 1000 connections");
    }
    if (sharedBuffersMegabytes < 1 || sharedBuffersMegabytes > 65_536) {
      throw new IllegalArgumentException("shared buffers have 1 to 65536 megabytes");
    }
  }

  /** Data that is kept in {@code dataFolder}, durably: any port, 60 s to start, 50 connections. */
  public static EmbeddedPostgresConfig of(Path dataFolder, Path binariesFolder) {
    return new EmbeddedPostgresConfig(
        Optional.of(dataFolder), binariesFolder, 0, true, A_MINUTE, 50, 64);
  }

  /** For tests: temporary data, faster for not being durable, 200 connections. */
  public static EmbeddedPostgresConfig throwaway(Path binariesFolder) {
    return new EmbeddedPostgresConfig(
        Optional.empty(), binariesFolder, 0, false, A_MINUTE, 200, 32);
  }

  /** A copy with that port; 0 for any that is free. */
  public EmbeddedPostgresConfig withPort(int changed) {
    return new EmbeddedPostgresConfig(
        dataFolder,
        binariesFolder,
        changed,
        durable,
        startTimeout,
        maxConnections,
        sharedBuffersMegabytes);
  }

  /** A copy that is durable, or not. */
  public EmbeddedPostgresConfig withDurable(boolean changed) {
    return new EmbeddedPostgresConfig(
        dataFolder,
        binariesFolder,
        port,
        changed,
        startTimeout,
        maxConnections,
        sharedBuffersMegabytes);
  }

  /** A copy whose server may take that long to start. */
  public EmbeddedPostgresConfig withStartTimeout(Duration changed) {
    return new EmbeddedPostgresConfig(
        dataFolder, binariesFolder, port, durable, changed, maxConnections, sharedBuffersMegabytes);
  }

  /** A copy that allows so many connections. */
  public EmbeddedPostgresConfig withMaxConnections(int changed) {
    return new EmbeddedPostgresConfig(
        dataFolder, binariesFolder, port, durable, startTimeout, changed, sharedBuffersMegabytes);
  }

  /** A copy with so many megabytes of cache. */
  public EmbeddedPostgresConfig withSharedBuffersMegabytes(int changed) {
    return new EmbeddedPostgresConfig(
        dataFolder, binariesFolder, port, durable, startTimeout, maxConnections, changed);
  }
}
