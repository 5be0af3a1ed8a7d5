package io.contentcrew.adapters.embeddedpostgres;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server that listens on the loopback address only. It belongs to the process
 * that started it, and to one process at a time; if that is killed, the server goes on, and the
 * next start on the same folder stops it first, so nothing that was committed is lost.
 *
 * <p>There is a database {@code contentcrew}, and a role of the same name that owns it and nothing
 * else. All roles have one password, which was made up with the data and lies in a file that only
 * the user can read who runs this. Safe for use by many threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String NAME = "contentcrew";
  private static final String HOST = "127.0.0.1";
  private static final int TRIES = 10;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

  private final ReentrantLock closing = new ReentrantLock();
  private final DataFolder folder;
  private final Cluster cluster;
  private final FolderLock lock;
  private final Address address;
  private final @Nullable Thread atExit;
  private boolean closed;

  /** Where a server is, and how its database is entered. */
  public record Address(String host, int port, String database, String user, Secret password) {
    /** The address for the PostgreSQL driver; without the password. */
    public String jdbcUrl() {
      return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }
  }

  private EmbeddedPostgres(
      DataFolder folder, Cluster cluster, FolderLock lock, Address address, boolean temporary) {
    this.folder = folder;
    this.cluster = cluster;
    this.lock = lock;
    this.address = address;
    atExit = temporary ? new Thread(this::close, "contentcrew-postgres-exit") : null;
    if (atExit != null) {
      Runtime.getRuntime().addShutdownHook(atExit);
    }
  }

  /**
   * Starts a server; blocks until it can be used. The first start on a folder takes some seconds.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if another process uses the data folder
   * @throws PortFailureException if the server cannot run here; the message says what to do
   */
  public static EmbeddedPostgres start(EmbeddedPostgresConfig config) {
    try {
      Path data = prepared(config.dataFolder());
      DataFolder folder = new DataFolder(data);
      FolderLock lock = FolderLock.take(folder.path());
      try {
        return start(config, folder, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        if (config.dataFolder().isEmpty()) {
          Folders.delete(data);
        }
        throw e;
      }
    } catch (IOException e) {
      throw new PortFailureException(
          "PostgreSQL could not be started, as its files could not be read or written (%s); look at the data folder and at %s"
              .formatted(e, config.binariesFolder()),
          e);
    }
  }

  private static Path prepared(Optional<Path> dataFolder) throws IOException {
    if (dataFolder.isEmpty()) {
      return Files.createTempDirectory("contentcrew-postgres-").toRealPath();
    }
    Folders.create(dataFolder.get());
    return dataFolder.get().toRealPath();
  }

  private static EmbeddedPostgres start(
      EmbeddedPostgresConfig config, DataFolder folder, FolderLock lock) throws IOException {
    Secret password = folder.password();
    Binaries.Platform platform = Binaries.Platform.ofThisMachine();
    Path home = Binaries.unpacked(config.binariesFolder(), platform);
    Programs programs = Programs.in(home, platform, folder.passwordFile());
    Cluster cluster = new Cluster(folder, programs, config);
    cluster.clearAway();
    cluster.init(password);
    int port = start(cluster, config.port());
    Address address = new Address(HOST, port, NAME, NAME, password);
    try {
      Roles.create(address, Cluster.SUPERUSER);
    } catch (RuntimeException e) {
      cluster.stop();
      throw e;
    }
    boolean temporary = config.dataFolder().isEmpty();
    return new EmbeddedPostgres(folder, cluster, lock, address, temporary);
  }

  /**
   * Another process may take the free port before the server does, and helpers of a killed server
   * may need a moment to go; then it is tried again.
   */
  private static int start(Cluster cluster, int wanted) throws IOException {
    for (int left = TRIES; ; left--) {
      int port = wanted == 0 ? freePort() : wanted;
      try {
        cluster.start(port);
        return port;
      } catch (Cluster.PortTaken e) {
        if (wanted != 0 || left == 1) {
          throw e;
        }
      } catch (Cluster.StillInUse e) {
        if (left == 1) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  private static int freePort() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
      return socket.getLocalPort();
    }
  }

  /**
   * The server that runs on a data folder, whichever process started it: for a second process that
   * wants to use the database too. Empty if none runs, or it does not take connections yet.
   */
  public static Optional<Address> running(Path dataFolder) {
    DataFolder folder = new DataFolder(dataFolder.toAbsolutePath().normalize());
    try {
      if (!Files.isDirectory(folder.cluster())) {
        return Optional.empty();
      }
      DataFolder real = new DataFolder(folder.path().toRealPath());
      Optional<DataFolder.ServerProcess> server =
          real.process().filter(DataFolder.ServerProcess::ready).filter(real::lives);
      if (server.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(new Address(HOST, server.get().port(), NAME, NAME, real.password()));
    } catch (IOException e) {
      throw new PortFailureException(
          "the data folder %s cannot be read; is this the user who runs the server?"
              .formatted(dataFolder),
          e);
    }
  }

  /** Where it is. */
  public Address address() {
    return address;
  }

  /** The address for the PostgreSQL driver; without the password. */
  public String jdbcUrl() {
    return address.jdbcUrl();
  }

  /** The host it listens at, always the loopback address. */
  public String host() {
    return address.host();
  }

  /** The port it listens at. */
  public int port() {
    return address.port();
  }

  /** The role that owns the database. */
  public String user() {
    return address.user();
  }

  /** The folder with the data. */
  public Path dataFolder() {
    return folder.path();
  }

  /**
   * Stops the server, cutting the connections it has; what was committed is kept. Deletes the data
   * if it is temporary. Idempotent.
   *
   * @throws PortFailureException if it could not be stopped
   */
  @Override
  public void close() {
    closing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      if (atExit != null && Thread.currentThread() != atExit) {
        removeExitHook(atExit);
      }
      cluster.stop();
      lock.close();
      if (atExit != null) {
        Folders.delete(folder.path());
      }
    } catch (IOException e) {
      throw new PortFailureException("PostgreSQL could not be stopped properly: " + e, e);
    } finally {
      closing.unlock();
    }
  }

  private static void removeExitHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyExiting) {
      return; // then the hook runs, and finds the server closed
    }
  }
}
