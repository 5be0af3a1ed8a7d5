package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.PasswordHasher.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PasswordHasher} must do. Hand in hashers whose hashes are cheap for their kind:
 * the contract makes some hundreds.
 */
public abstract class PasswordHasherContract {
  private static final String PASSWORD = "correct horse battery staple";

  /**
   * The hasher under test. A hash should take it a millisecond at least, as time is measured, and
   * 16 threads are to find a place at it.
   */
  protected abstract PasswordHasher hasher();

  /** A hasher of the same kind whose hashes are weaker than those of {@link #hasher()}. */
  protected abstract PasswordHasher weakerHasher();

  /** A hasher of the same kind at which as many wait as may, until the test is over. */
  protected abstract PasswordHasher crowdedHasher();

  @Test
  void a_password_matches_its_hash() {
    assertThat(hasher().verify(PASSWORD, hasher().hash(PASSWORD))).isEqualTo(Verdict.MATCH);
  }

  @Test
  void another_password_does_not_match() {
    PasswordHash hash = hasher().hash(PASSWORD);
    for (String other :
        List.of(
            "",
            " ",
            PASSWORD + " ",
            " " + PASSWORD,
            PASSWORD + "\u0000",
            PASSWORD.toUpperCase(Locale.ROOT),
            PASSWORD.substring(1),
            PASSWORD.substring(0, PASSWORD.length() - 1),
            PASSWORD + PASSWORD,
            hash.value())) {
      assertThat(hasher().verify(other, hash)).as("'%s'", other).isEqualTo(Verdict.MISMATCH);
    }
  }

  @Test
  void a_password_of_any_characters_matches_its_hash_and_no_other() {
    List<String> passwords =
        List.of(
            "",
            " leading and trailing ",
            "tab\tline\nzero\u0000end",
            "tab\tline\nzero\u0000",
            "Gr\u00FC\u00DFe aus K\u00F6ln",
            "Gru\u0308\u00DFe aus Ko\u0308ln",
            "\u6B63\u786E\u7684\u9A6C",
            "\uD83D\uDD10\uD83D\uDC68\u200D\uD83D\uDC69",
            "\u0643\u0644\u0645\u0629",
            "\uDBFF\uDFFF");
    for (String password : passwords) {
      PasswordHash hash = hasher().hash(password);
      for (String other : passwords) {
        assertThat(hasher().verify(other, hash))
            .as("'%s' against the hash of '%s'", other, password)
            .isEqualTo(other.equals(password) ? Verdict.MATCH : Verdict.MISMATCH);
      }
    }
  }

  @Test
  void every_character_of_a_long_password_counts() {
    for (int length : new int[] {56, 72, 73, 128, 1024}) {
      String password = "x".repeat(length);
      PasswordHash hash = hasher().hash(password);
      assertThat(hasher().verify(password, hash)).isEqualTo(Verdict.MATCH);
      assertThat(hasher().verify(password + "x", hash)).isEqualTo(Verdict.MISMATCH);
      assertThat(hasher().verify("x".repeat(length - 1) + "y", hash)).isEqualTo(Verdict.MISMATCH);
    }
  }

  @Test
  void each_hash_has_a_salt_of_its_own() {
    PasswordHash first = hasher().hash(PASSWORD);
    PasswordHash second = hasher().hash(PASSWORD);

    assertThat(first).isNotEqualTo(second);
    assertThat(hasher().verify(PASSWORD, first)).isEqualTo(Verdict.MATCH);
    assertThat(hasher().verify(PASSWORD, second)).isEqualTo(Verdict.MATCH);
  }

  @Test
  void a_hash_shows_nothing_of_the_password() {
    assertThat(hasher().hash(PASSWORD).value()).doesNotContain(PASSWORD, "horse", "staple");
  }

  @Test
  void a_weaker_hash_matches_as_outdated_until_it_is_made_anew() {
    PasswordHash weak = weakerHasher().hash(PASSWORD);

    assertThat(hasher().verify(PASSWORD, weak)).isEqualTo(Verdict.MATCH_OUTDATED);
    assertThat(hasher().verify("another", weak)).isEqualTo(Verdict.MISMATCH);
    assertThat(weakerHasher().verify(PASSWORD, weak)).isEqualTo(Verdict.MATCH);
    assertThat(hasher().verify(PASSWORD, hasher().hash(PASSWORD))).isEqualTo(Verdict.MATCH);
  }

  @Test
  void a_stronger_hash_is_not_outdated() {
    PasswordHash strong = hasher().hash(PASSWORD);

    assertThat(weakerHasher().verify(PASSWORD, strong)).isEqualTo(Verdict.MATCH);
  }

  @Test
  void a_hash_of_another_kind_is_a_mismatch() {
    String own = hasher().hash(PASSWORD).value();
    for (String foreign :
        List.of(
            "",
            " ",
            PASSWORD,
            "$2b$12$KIXQJ5p7kYgq4p8n1lQm3uQyq0r6yF0yT4m3uQ7yqvQkq1m8u7c6W",
            "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
            "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b4dWRWJTmaaJObG",
            "$9$".repeat(10_000),
            " " + own,
            own + "\n",
            own + "x",
            own.substring(1),
            own.substring(0, own.length() - 1))) {
      assertThat(hasher().verify(PASSWORD, new PasswordHash(foreign)))
          .as("'%s'", foreign)
          .isEqualTo(Verdict.MISMATCH);
    }
  }

  @Test
  void half_a_character_cannot_be_hashed_and_never_matches() {
    PasswordHash hash = hasher().hash("a?b");
    for (String broken :
        List.of("a\uD83Db", "a\uDD10b", "\uD83D", "\uDD10\uD83D", "a\uD83D", "\uDC00b")) {
      assertThatThrownBy(() -> hasher().hash(broken))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain(broken);
      assertThat(hasher().verify(broken, hash)).isEqualTo(Verdict.MISMATCH);
      hasher().pretendToVerify(broken);
    }
  }

  @Test
  void who_finds_too_many_waiting_is_turned_away_at_once() {
    PasswordHash hash = hasher().hash(PASSWORD);
    PasswordHasher crowded = crowdedHasher();

    assertThatThrownBy(() -> crowded.hash(PASSWORD)).isInstanceOf(PortUnavailableException.class);
    assertThatThrownBy(() -> crowded.verify(PASSWORD, hash))
        .isInstanceOfSatisfying(
            PortUnavailableException.class,
            turnedAway -> assertThat(turnedAway.retryAfter()).isPresent());
  }

  @Test
  void many_threads_may_hash_and_verify() throws Exception {
    List<Future<Verdict>> verdicts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        String password = PASSWORD + i;
        verdicts.add(threads.submit(() -> hasher().verify(password, hasher().hash(password))));
      }
    }
    for (Future<Verdict> verdict : verdicts) {
      assertThat(verdict.get()).isEqualTo(Verdict.MATCH);
    }
  }

  /**
   * The shortest of many runs is compared, which a busy machine lengthens least; and the bounds are
   * wide, because what they are to catch is a way out that takes no time at all.
   */
  @Test
  void a_comparison_takes_as_long_as_a_hash_whatever_is_compared() {
    PasswordHash hash = hasher().hash(PASSWORD);
    List<Runnable> ways =
        List.of(
            () -> hasher().hash(PASSWORD),
            () -> hasher().verify(PASSWORD, hash),
            () -> hasher().verify("x", hash),
            () -> hasher().verify("", hash),
            () -> hasher().verify("y".repeat(1024), hash),
            () -> hasher().verify("half \uD83D", hash),
            () -> hasher().verify(PASSWORD, new PasswordHash("no hash")),
            () -> hasher().pretendToVerify(PASSWORD),
            () -> hasher().pretendToVerify(""),
            () -> hasher().pretendToVerify("half \uD83D"));
    long[] shortest = new long[ways.size()];
    Arrays.fill(shortest, Long.MAX_VALUE);
    for (int round = 0; round < 20; round++) {
      for (int way = 0; way < shortest.length; way++) {
        long begin = System.nanoTime();
        ways.get(way).run();
        shortest[way] = Math.min(shortest[way], System.nanoTime() - begin);
      }
    }
    for (int way = 1; way < shortest.length; way++) {
      assertThat(shortest[way])
          .as("nanoseconds of way %s", way)
          .isBetween(shortest[0] / 3, shortest[0] * 3);
    }
  }
}
