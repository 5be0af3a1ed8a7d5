package io.contentcrew.examples;

import io.contentcrew.adapters.memory.OfflineWriter;
import io.contentcrew.adapters.postgres.PostgresAdapter;
import io.contentcrew.adapters.postgres.PostgresConfig;
import io.contentcrew.adapters.redis.RedisAdapter;
import io.contentcrew.adapters.redis.RedisConfig;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.user.User;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.Generation;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Two instances of an application that share a PostgreSQL database and a Redis: what one of them
 * writes is read at the other while it is written.
 *
 * <p>Needs {@code contentcrew-sdk}, {@code contentcrew-postgres} and {@code contentcrew-redis}, and
 * {@code contentcrew-memory} only for the pace of its samples.
 */
public final class TwoInstances {
  private TwoInstances() {}

  /** Submits at one, follows at the other; the arguments are the URLs of database and Redis. */
  public static void main(String[] args) throws Exception {
    RedisConfig redisConfig = RedisConfig.parse(args[1]);
    try (var redisOfOne = RedisAdapter.open(redisConfig);
        var redisOfTwo = RedisAdapter.open(redisConfig);
        var one = instance(args[0], redisOfOne);
        var two = instance(args[0], redisOfTwo)) {
      User ada = one.users().add("ada" + System.nanoTime() + "@example.com", "Ada");
      Generation submitted =
          one.generate(ada.id(), Brief.about("Solar power").withFormats(Format.SOCIAL));
      Generation followed = two.generation(ada.id(), submitted.id()).orElseThrow();
      var reading = new AtomicBoolean();
      followed.follow(
          logged -> {
            if (logged.event() instanceof JobEvent.TextDelta && !reading.getAndSet(true)) {
              var status =
                  one.readJobs().find(submitted.id(), ada.id()).orElseThrow().job().status();
              System.out.println("The first words are read while the job is " + status + ".");
            } else if (logged.event() instanceof JobEvent.Ended ended) {
              System.out.println("At the other instance the job is " + ended.status() + ".");
            }
          });
    }
  }

  private static ContentCrew instance(String database, RedisAdapter redis) {
    PostgresAdapter storage = PostgresAdapter.open(PostgresConfig.parse(database));
    return ContentCrew.builder()
        .storage(storage)
        .rateLimiter(redis.rateLimiter())
        .contentCache(redis.contentCache())
        .tierCache(redis.tierCache())
        .signals(redis.signals(), storage.signals())
        .instances(2)
        .textGenerator(OfflineWriter.at(400))
        .build();
  }
}
