package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.generation.ContentCache.Key;
import io.contentcrew.ports.generation.ContentCache.Piece;
import io.contentcrew.testkit.ContentCacheContract;
import io.contentcrew.testkit.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisContentCacheTest extends ContentCacheContract {
  private static final Key KEY = new Key("0011aabb");

  private final TestRedis redis = TestRedis.shared();
  private final RedisConfig config = redis.patientConfig();
  private final RedisAdapter adapter = Patience.connected(config);

  @AfterEach
  void close() {
    adapter.close();
  }

  @Override
  protected ContentCache open() {
    return adapter.contentCache();
  }

  @Override
  protected Duration timeToLive() {
    return config.contentTimeToLive();
  }

  @Override
  protected void pass(Duration time) {
    redis.pass(config.keyPrefix(), time);
  }

  private String name() {
    return config.keyPrefix() + "content:" + KEY.value();
  }

  private static List<Piece> audio(String text) {
    return List.of(
        new Piece(
            new AudioScript("hook", List.of(new AudioScript.Segment("one", text)), "end", "slow"),
            List.of(new Finding(Finding.Severity.WEAK, "check", "note"))));
  }

  /** Who makes this test fail changes {@code PieceJson.VERSION} too. */
  @Test
  void the_form_is_the_one_that_other_instances_know() {
    open().put(KEY, audio("text"));
    String kept = redis.at(commands -> commands.get(name()));
    assertThat(kept)
        .isEqualTo(
            """
            {"v":1,"pieces":[{"format":"audio","artifact":{"intro_hook":"hook",\
            "sections":[{"heading":"one","text":"text"}],"conclusion":"end",\
            "pacing_notes":"slow"},"notes":[{"severity":"weak","check":"check",\
            "message":"note"}]}]}\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "17",
        "{\"v\":2,\"pieces\":[]}",
        "{\"v\":1}",
        "{\"v\":1,\"pieces\":[{\"format\":\"podcast\",\"artifact\":{},\"notes\":[]}]}",
        "{\"v\":1,\"pieces\":[{\"format\":\"blog\",\"artifact\":{},\"notes\":[]}]}",
        "{\"v\":1,\"pieces\":[{\"format\":\"video\",\"artifact\":{\"hook\":1},\"notes\":[]}]}"
      })
  void what_another_release_wrote_is_not_there(String value) {
    redis.at(commands -> commands.set(name(), value));
    assertThat(open().find(KEY)).isEmpty();
    open().put(KEY, audio("text"));
    assertThat(open().find(KEY)).contains(audio("text"));
  }

  @Test
  void pieces_of_half_a_megabyte_are_kept_and_larger_than_one_are_not() {
    String random =
        new Random(7)
            .ints(600_000, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    open().put(KEY, audio(random));
    assertThat(open().find(KEY)).contains(audio(random));
    open().put(KEY, audio(random + random));
    assertThat(open().find(KEY)).as("neither the large one nor the one before it").isEmpty();
  }

  @Test
  void what_has_no_form_in_utf8_is_not_kept() {
    open().put(KEY, audio("text"));
    open().put(KEY, audio("half a pair: \uD83C"));
    assertThat(open().find(KEY)).isEmpty();
    open().put(KEY, audio("whole: \uD83C\uDF75, NUL: \u0000"));
    assertThat(open().find(KEY)).contains(audio("whole: \uD83C\uDF75, NUL: \u0000"));
  }

  @Test
  void instances_share_pieces_and_leads() {
    try (RedisAdapter other = Patience.connected(config)) {
      JobId job = Fixtures.aJobId();
      assertThat(open().lead(KEY, job, Duration.ofMinutes(1))).isTrue();
      assertThat(other.contentCache().lead(KEY, Fixtures.aJobId(), Duration.ofMinutes(1)))
          .isFalse();
      List<Piece> pieces = List.of(new Piece(Fixtures.anArtifact(Format.BLOG), List.of()));
      open().put(KEY, pieces);
      open().release(KEY, job);
      assertThat(other.contentCache().find(KEY)).contains(pieces);
      assertThat(other.contentCache().lead(KEY, Fixtures.aJobId(), Duration.ofMinutes(1))).isTrue();
    }
  }

  @Test
  void who_leads_on_does_so_for_another_lease() {
    JobId job = Fixtures.aJobId();
    open().lead(KEY, job, Duration.ofMinutes(1));
    pass(Duration.ofSeconds(50));
    open().lead(KEY, job, Duration.ofMinutes(1));
    pass(Duration.ofSeconds(50));
    assertThat(open().lead(KEY, Fixtures.aJobId(), Duration.ofMinutes(1))).isFalse();
  }
}
