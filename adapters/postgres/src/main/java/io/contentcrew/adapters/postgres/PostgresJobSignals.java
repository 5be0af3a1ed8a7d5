package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.generation.JobSignals;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Signals as notifications of the database. Those who listen share one connection. */
final class PostgresJobSignals implements JobSignals, AutoCloseable {
  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");
  private static final Duration LONGEST_SEND = Duration.ofMillis(800);

  /** One statement, so that all arrive, and in their order, or none. */
  private static final String SEND =
      "select pg_notify('" + SignalEar.CHANNEL + "', text) from unnest(?) as t (text)";

  private final PostgresConfig config;
  private final Connections connections;
  private final List<Hearing> hearings = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SignalEar ear;
  private boolean closed;

  PostgresJobSignals(PostgresConfig config, Connections connections) {
    this.config = config;
    this.connections = connections;
  }

  private final class Hearing implements Listening {
    private final Consumer<Signal> listener;
    private final SignalEar ear;

    Hearing(Consumer<Signal> listener, SignalEar ear) {
      this.listener = listener;
      this.ear = ear;
    }

    @Override
    public boolean hears() {
      return ear.hears() && hearings.contains(this);
    }

    @Override
    public void close() {
      hearings.remove(this);
    }

    private void hear(Signal signal) {
      try {
        listener.accept(signal);
      } catch (RuntimeException | Error e) { // whatever it is, the others go on hearing
        LOG.log(Level.ERROR, "a listener to signals failed with {0}", e.getClass().getName());
      }
    }
  }

  @Override
  public void send(Collection<Signal> signals) {
    List<String> texts = SignalText.of(signals);
    if (!texts.isEmpty()) {
      Patience.within(LONGEST_SEND, "signals could not be sent", () -> send(texts));
    }
  }

  private void send(List<String> texts) {
    try {
      Connection connection = connections.openConnection();
      try (PreparedStatement statement = connection.prepareStatement(SEND)) {
        statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
        statement.execute();
      } finally {
        connections.closeConnection(connection);
      }
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  /** Waits for the first try to connect, so that it hears what is sent when it has returned. */
  @Override
  public Listening listen(Consumer<Signal> listener) {
    SignalEar shared = ear();
    Hearing hearing = new Hearing(listener, shared);
    hearings.add(hearing);
    shared.awaitFirstTry();
    return hearing;
  }

  private SignalEar ear() {
    lock.lock();
    try {
      SignalEar open = ear;
      if (open == null) {
        open = new SignalEar(config, this::tell);
        ear = open;
        if (closed) {
          open.close();
        } else {
          open.start();
        }
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  private void tell(Signal signal) {
    hearings.forEach(hearing -> hearing.hear(signal));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (ear != null) {
        ear.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
