package io.contentcrew.sdk.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.adapters.memory.MemoryStorage;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.tier.TierCache;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.generation.SubmitGeneration;
import io.contentcrew.sdk.generation.SubmitGeneration.Outcome.Accepted;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.ScriptedTextGenerator;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is on which tier, with a cache before the stores. */
class EntitlementsTest {
  private static final TierId PRO = new TierId("pro");

  private final MemoryStorage storage = MemoryStorage.create(Clock.systemUTC());
  private final Remembering cache = new Remembering();
  private final ContentCrew crew =
      ContentCrew.builder()
          .storage(storage)
          .textGenerator(new ScriptedTextGenerator())
          .tierCache(cache)
          .build();
  private final User user = crew.users().add("ada@example.com", "Ada");

  @AfterEach
  void close() {
    crew.close();
  }

  /** A cache that a test can look into and break. */
  private static final class Remembering implements TierCache {
    final Map<UserId, Entry> entries = new HashMap<>();
    boolean broken;

    @Override
    public Optional<Entry> find(UserId id) {
      check();
      return Optional.ofNullable(entries.get(id));
    }

    @Override
    public void put(UserId id, Entry entry) {
      check();
      entries.put(id, entry);
    }

    @Override
    public void evict(UserId id, long version) {
      check();
      entries.remove(id);
    }

    private void check() {
      if (broken) {
        throw new PortUnavailableException("the cache is away", null);
      }
    }
  }

  /** As another instance does it whose cache is not ours. */
  private void grantElsewhere(TierId tier) {
    storage
        .transactions()
        .inTransaction(
            stores -> stores.subscriptions().grant(user.id(), tier, Clock.systemUTC().instant()));
  }

  @Test
  void the_tier_is_read_once_and_then_remembered() {
    assertThat(crew.tierOf(user.id()).id()).isEqualTo(TierId.FREE);
    assertThat(cache.entries).containsKey(user.id());
    grantElsewhere(PRO);
    assertThat(crew.tierOf(user.id()).id()).as("from the cache").isEqualTo(TierId.FREE);
  }

  @Test
  void a_change_of_tier_is_seen_at_once() {
    crew.tierOf(user.id());
    crew.grantTier(user.id(), PRO);
    assertThat(crew.tierOf(user.id()).id()).isEqualTo(PRO);
    assertThatThrownBy(() -> crew.grantTier(user.id(), new TierId("gold")))
        .hasMessageContaining("no tier gold");
  }

  @Test
  void a_cache_that_is_away_costs_a_read_and_no_more() {
    cache.broken = true;
    crew.grantTier(user.id(), PRO);
    assertThat(crew.tierOf(user.id()).id()).isEqualTo(PRO);
  }

  @Test
  void a_job_is_written_by_the_model_of_the_tier_that_the_stores_know_whatever_a_cache_says() {
    crew.tierOf(user.id());
    grantElsewhere(PRO);
    var outcome =
        crew.submitGeneration().submit(SubmitGeneration.Request.of(user.id(), Fixtures.aBrief()));
    assertThat(outcome).isInstanceOf(Accepted.class);
    var job = ((Accepted) outcome).job();
    assertThat(job.tier()).isEqualTo(PRO);
    assertThat(job.engine().model()).isEqualTo(crew.tiers().find(PRO).orElseThrow().model());
    assertThat(crew.tierOf(user.id()).id()).as("the cache has learnt").isEqualTo(PRO);
  }
}
