package io.contentcrew.bench;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code instances} is to do.
 *
 * @param streams in all, or at each instance where it says so
 * @param rate tokens a second of one stream
 * @param redis that both instances use
 * @param withRedis whether one is started for them
 */
record InstancesOptions(
    int streams,
    int rate,
    int rounds,
    int warmup,
    Optional<String> redis,
    boolean withRedis,
    List<String> javaOptions) {
  static final String HELP =
      """
      instances [options]: two instances of the service over one PostgreSQL, in turn: all streams at one of them; half at
      each; as many at each; and all written at one and watched at the other. Shows what a stream costs, and how much later
      its words come elsewhere.

        --streams N         streams (default 100)
        --rate R            tokens a second of each stream (default 20)
        --rounds N          measured rounds (default 3)
        --warmup N          rounds before them (default 1)
        --redis URL         gives both instances that REDIS_URL (and the REDIS_PASSWORD of the environment)
        --with-redis        starts a Redis for them
        --java-opts "..."   options of the services' virtual machines (default "-Xmx512m -XX:+UseSerialGC")
      """;

  InstancesOptions {
    javaOptions = List.copyOf(javaOptions);
    if (withRedis && redis.isPresent()) {
      throw new IllegalArgumentException("there is one Redis: --redis URL or --with-redis");
    }
    redis.ifPresent(InstancesOptions::requireUrl);
  }

  private static void requireUrl(String url) {
    String scheme = String.valueOf(URI.create(url).getScheme());
    if (!Set.of("redis", "rediss").contains(scheme)) {
      throw new IllegalArgumentException("--redis needs an address like redis://localhost:6379");
    }
  }

  static InstancesOptions parse(List<String> arguments) {
    Arguments given =
        new Arguments(
            arguments,
            Set.of("--streams", "--rate", "--rounds", "--warmup", "--redis", "--java-opts"),
            Set.of("--with-redis"));
    return new InstancesOptions(
        given.number("--streams", 100, 2, 5_000),
        given.number("--rate", 20, 1, 100_000),
        given.number("--rounds", 3, 1, 100),
        given.number("--warmup", 1, 0, 100),
        given.text("--redis"),
        given.has("--with-redis"),
        List.of(
            given
                .text("--java-opts")
                .orElse("-Xmx512m -XX:+UseSerialGC")
                .trim()
                .split("\\s+", -1)));
  }
}
