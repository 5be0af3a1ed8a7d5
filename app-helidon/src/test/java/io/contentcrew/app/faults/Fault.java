package io.contentcrew.app.faults;

import io.contentcrew.testkit.FaultProxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Something that can happen to a cluster, and how it passes. */
sealed interface Fault {
  /** Makes it happen. */
  void begin(Cluster cluster);

  /** Makes it pass; what was ended is started again. */
  void end(Cluster cluster);

  /** What it happens to. */
  Target target();

  /** The parts of a cluster that can fail. */
  enum Target {
    INSTANCE_A,
    INSTANCE_B,
    POSTGRES,
    REDIS,
    MODEL,
    LINKS_A,
    LINKS_B;

    static Target ofInstance(int instance) {
      return instance == 0 ? INSTANCE_A : INSTANCE_B;
    }
  }

  /** The servers that an instance has a link to. */
  enum Server {
    POSTGRES,
    REDIS,
    MODEL
  }

  /** How a link fails. */
  enum Harm {
    BLACKHOLE,
    STALL,
    RESET,
    REFUSE,
    DELAY
  }

  /** Something that happens to a process. */
  sealed interface OfInstance extends Fault {
    /** Which of them. */
    int instance();

    @Override
    default Target target() {
      return Target.ofInstance(instance());
    }

    /** The process. */
    default Instance in(Cluster cluster) {
      return cluster.instances().get(instance());
    }

    /** Starts it again as it was, and waits until it serves. */
    default void launchAgain(Cluster cluster) {
      in(cluster).launchAgain();
      in(cluster).awaitServing();
    }
  }

  /** A process is killed, and started again. */
  record Kill(int instance) implements OfInstance {
    @Override
    public void begin(Cluster cluster) {
      in(cluster).kill();
    }

    @Override
    public void end(Cluster cluster) {
      launchAgain(cluster);
    }
  }

  /** A process is killed when it has stored what a webhook tells, and has not applied it. */
  record KillBeforeApplying(int instance) implements OfInstance {
    @Override
    public void begin(Cluster cluster) {
      try {
        cluster.postgres().whileNothingIsApplied(() -> {}, 3, in(cluster)::kill);
      } catch (SQLException e) { // the server suffers at the same time
        in(cluster).kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void end(Cluster cluster) {
      launchAgain(cluster);
    }
  }

  /** A process is asked to end, and started again. */
  record Terminate(int instance) implements OfInstance {
    @Override
    public void begin(Cluster cluster) {
      in(cluster).terminate();
    }

    @Override
    public void end(Cluster cluster) {
      launchAgain(cluster);
    }
  }

  /** A process stands still for so long that it is taken for dead, and then goes on. */
  record Pause(int instance) implements OfInstance {
    @Override
    public void begin(Cluster cluster) {
      in(cluster).pause();
    }

    @Override
    public void end(Cluster cluster) {
      in(cluster).resume();
    }
  }

  /** A process comes back with a wrong clock, and later with a right one. */
  record Skew(int instance, Duration ahead) implements OfInstance {
    @Override
    public void begin(Cluster cluster) {
      in(cluster).kill();
      in(cluster).launchAgain(ahead);
      in(cluster).awaitServing();
    }

    @Override
    public void end(Cluster cluster) {
      in(cluster).terminate();
      in(cluster).launchAgain(Duration.ZERO);
      in(cluster).awaitServing();
    }
  }

  /** The database is lost with all its processes, or ends without a checkpoint. */
  record LosePostgres(boolean killed) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      if (killed) {
        cluster.postgres().kill();
      } else {
        cluster.postgres().stopAtOnce();
      }
    }

    @Override
    public void end(Cluster cluster) {
      cluster.postgres().restart();
    }

    @Override
    public Target target() {
      return Target.POSTGRES;
    }
  }

  /** Redis is killed, and comes back empty. */
  record LoseRedis() implements Fault {
    @Override
    public void begin(Cluster cluster) {
      cluster.redis().kill();
    }

    @Override
    public void end(Cluster cluster) {
      cluster.redis().restart();
    }

    @Override
    public Target target() {
      return Target.REDIS;
    }
  }

  /** The model falls silent for everybody, or is gone. */
  record LoseModel(boolean silent) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      if (silent) {
        cluster.model().stall();
      } else {
        cluster.model().ollama().stop();
      }
    }

    @Override
    public void end(Cluster cluster) {
      if (silent) {
        cluster.model().writing();
      } else {
        cluster.model().ollama().restart();
      }
    }

    @Override
    public Target target() {
      return Target.MODEL;
    }
  }

  /** The link of one instance to one server fails. */
  record BreakLink(int instance, Server server, Harm harm) implements Fault {
    @Override
    public void begin(Cluster cluster) {
      FaultProxy link = link(cluster);
      switch (harm) {
        case BLACKHOLE -> link.blackhole();
        case STALL -> link.stall();
        case RESET -> link.reset();
        case REFUSE -> link.refuse();
        case DELAY -> link.delay(Duration.ofMillis(100));
      }
    }

    @Override
    public void end(Cluster cluster) {
      link(cluster).pass();
    }

    private FaultProxy link(Cluster cluster) {
      Instance.Links links = cluster.instances().get(instance).links();
      return switch (server) {
        case POSTGRES -> links.postgres();
        case REDIS -> links.redis();
        case MODEL -> links.model();
      };
    }

    @Override
    public Target target() {
      return instance == 0 ? Target.LINKS_A : Target.LINKS_B;
    }
  }

  /** One of all there are. */
  static Fault any(RandomGenerator random) {
    int instance = random.nextInt(2);
    return switch (random.nextInt(12)) {
      case 0 -> new Kill(instance);
      case 1 -> new KillBeforeApplying(instance);
      case 2 -> new Terminate(instance);
      case 3, 4 -> new Pause(instance);
      case 5 -> new Skew(instance, Duration.ofMinutes(random.nextBoolean() ? 10 : -10));
      case 6 -> new LosePostgres(random.nextBoolean());
      case 7 -> new LoseRedis();
      case 8 -> new LoseModel(random.nextBoolean());
      default ->
          new BreakLink(instance, anyOf(random, Server.values()), anyOf(random, Harm.values()));
    };
  }

  private static <T> T anyOf(RandomGenerator random, T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }
}
