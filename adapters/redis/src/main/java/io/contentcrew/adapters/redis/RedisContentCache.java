package io.contentcrew.adapters.redis;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.ContentCache;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Pieces, and the leads of the jobs that write them, for all instances. */
final class RedisContentCache implements ContentCache {
  private static final Script LEAD = Script.named("lead");
  private static final Script RELEASE = Script.named("release");

  /** Whatever is larger would hold up everybody else's commands on the connection. */
  static final int MOST_BYTES = 1 << 20;

  private final Link link;
  private final Keys keys;
  private final Duration timeToLive;

  RedisContentCache(Link link, Keys keys, Duration timeToLive) {
    this.link = link;
    this.keys = keys;
    this.timeToLive = timeToLive;
  }

  @Override
  public Optional<List<Piece>> find(Key key) {
    Optional<byte[]> found =
        link.ask(redis -> redis.get(keys.content(key.value())).thenApply(Optional::ofNullable));
    return found.flatMap(PieceJson::read);
  }

  /** Keeps nothing where the pieces are too large or cannot be written. */
  @Override
  public void put(Key key, List<Piece> pieces) {
    byte[] name = keys.content(key.value());
    PieceJson.write(pieces)
        .filter(value -> value.length <= MOST_BYTES)
        .ifPresentOrElse(
            value -> link.ask(redis -> redis.set(name, value, SetArgs.Builder.px(timeToLive))),
            () -> link.ask(redis -> redis.del(name)));
  }

  @Override
  public boolean lead(Key key, JobId job, Duration lease) {
    List<Long> leads = LEAD.run(link, keys.lead(key.value()), job, Math.max(1, lease.toMillis()));
    return leads.getFirst() == 1;
  }

  @Override
  public void release(Key key, JobId job) {
    RELEASE.run(link, keys.lead(key.value()), job);
  }
}
