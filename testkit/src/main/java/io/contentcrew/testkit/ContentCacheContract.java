package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.ContentCache;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ContentCache} keeps to. */
public abstract class ContentCacheContract {
  private static final ContentCache.Key KEY = new ContentCache.Key("a1b2c3");
  private static final Duration LEASE = Duration.ofMinutes(2);

  private ContentCache cache;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // JUnit sets the cache up before each test
  protected ContentCacheContract() {}

  /** A cache that remembers nothing yet. */
  protected abstract ContentCache open();

  /** How long that cache keeps things. */
  protected abstract Duration timeToLive();

  /** Makes the cache believe that {@code time} has passed. */
  protected abstract void pass(Duration time);

  @BeforeEach
  final void openCache() {
    cache = open();
  }

  private static List<ContentCache.Piece> pieces(Format... formats) {
    Finding note = new Finding(Finding.Severity.WEAK, "check", "note \uD83C\uDF75");
    return List.of(formats).stream()
        .map(format -> new ContentCache.Piece(Fixtures.anArtifact(format), List.of(note)))
        .toList();
  }

  @Test
  void what_was_never_put_in_is_not_there() {
    assertThat(cache.find(KEY)).isEmpty();
  }

  @Test
  void what_was_put_in_is_found_as_it_was() {
    List<ContentCache.Piece> pieces = pieces(Format.values());
    cache.put(KEY, pieces);
    assertThat(cache.find(KEY)).contains(pieces);
    assertThat(cache.find(new ContentCache.Key("other"))).isEmpty();
  }

  @Test
  void what_is_put_in_later_counts() {
    cache.put(KEY, pieces(Format.BLOG));
    cache.put(KEY, pieces(Format.AUDIO));
    assertThat(cache.find(KEY)).contains(pieces(Format.AUDIO));
  }

  @Test
  void things_are_kept_for_their_time_and_no_longer() {
    cache.put(KEY, pieces(Format.BLOG));
    pass(timeToLive().minusSeconds(5));
    assertThat(cache.find(KEY)).isPresent();
    pass(Duration.ofSeconds(5));
    assertThat(cache.find(KEY)).isEmpty();
  }

  @Test
  void the_first_job_leads_and_leads_on() {
    JobId first = Fixtures.aJobId();
    assertThat(cache.lead(KEY, first, LEASE)).isTrue();
    assertThat(cache.lead(KEY, Fixtures.aJobId(), LEASE)).isFalse();
    assertThat(cache.lead(KEY, first, LEASE)).isTrue();
  }

  @Test
  void keys_are_led_independently() {
    assertThat(cache.lead(KEY, Fixtures.aJobId(), LEASE)).isTrue();
    assertThat(cache.lead(new ContentCache.Key("other"), Fixtures.aJobId(), LEASE)).isTrue();
  }

  @Test
  void the_lead_is_free_when_it_is_given_up() {
    JobId first = Fixtures.aJobId();
    cache.lead(KEY, first, LEASE);
    cache.release(KEY, first);
    JobId second = Fixtures.aJobId();
    assertThat(cache.lead(KEY, second, LEASE)).isTrue();
    assertThat(cache.lead(KEY, first, LEASE)).isFalse();
  }

  @Test
  void the_lead_is_given_up_by_its_leader_only() {
    JobId leader = Fixtures.aJobId();
    cache.lead(KEY, leader, LEASE);
    cache.release(KEY, Fixtures.aJobId());
    cache.release(new ContentCache.Key("other"), leader);
    assertThat(cache.lead(KEY, Fixtures.aJobId(), LEASE)).isFalse();
  }

  @Test
  void the_lead_is_free_when_its_lease_has_ended() {
    JobId lost = Fixtures.aJobId();
    cache.lead(KEY, lost, LEASE);
    pass(LEASE.minusSeconds(5));
    JobId next = Fixtures.aJobId();
    assertThat(cache.lead(KEY, next, LEASE)).isFalse();
    pass(Duration.ofSeconds(5));
    assertThat(cache.lead(KEY, next, LEASE)).isTrue();
    cache.release(KEY, lost);
    assertThat(cache.lead(KEY, Fixtures.aJobId(), LEASE)).isFalse();
  }

  @Test
  void of_jobs_that_want_the_lead_together_one_gets_it() {
    for (int round = 0; round < 5; round++) {
      ContentCache.Key key = new ContentCache.Key("key " + round);
      List<Boolean> leads = Race.of(32, number -> cache.lead(key, Fixtures.aJobId(), LEASE));
      assertThat(leads).containsOnlyOnce(true);
    }
  }

  @Test
  void of_jobs_that_want_a_lead_whose_lease_has_ended_one_gets_it() {
    cache.lead(KEY, Fixtures.aJobId(), LEASE);
    pass(LEASE);
    List<Boolean> leads = Race.of(32, number -> cache.lead(KEY, Fixtures.aJobId(), LEASE));
    assertThat(leads).containsOnlyOnce(true);
  }
}
