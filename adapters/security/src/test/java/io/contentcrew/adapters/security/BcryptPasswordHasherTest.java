package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.PasswordHasher.Verdict;
import io.contentcrew.testkit.PasswordHasherContract;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BcryptPasswordHasherTest extends PasswordHasherContract {
  private final HashingGate gate = new HashingGate(2, 64);
  private final HashingGate narrow = new HashingGate(1, 1);
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
  private final PasswordHasher hasher = new BcryptPasswordHasher(5, gate, () -> false);
  private final PasswordHasher weaker = new BcryptPasswordHasher(4, gate, () -> false);

  @AfterEach
  void close() {
    testIsOver.countDown();
    others.close();
    gate.close();
    narrow.close();
  }

  @Override
  protected PasswordHasher hasher() {
    return hasher;
  }

  @Override
  protected PasswordHasher weakerHasher() {
    return weaker;
  }

  @Override
  protected PasswordHasher crowdedHasher() {
    for (int i = 0; i < 2; i++) {
      others.submit(() -> narrow.run(() -> await(testIsOver)));
    }
    while (narrow.waiting() < 1) { // with one that works, this is all that may wait
      Thread.onSpinWait();
    }
    return new BcryptPasswordHasher(4, narrow, () -> false);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_pretended_comparison_is_turned_away_like_a_real_one() {
    PasswordHasher crowded = crowdedHasher();

    assertThatThrownBy(() -> crowded.pretendToVerify("x"))
        .isInstanceOf(PortUnavailableException.class);
    assertThatThrownBy(() -> crowded.verify("x", new PasswordHash("foreign")))
        .isInstanceOf(PortUnavailableException.class);
  }

  @Test
  void a_new_hash_is_of_version_2_and_the_configured_cost() {
    assertThat(hasher.hash("x").value())
        .matches("\\$bcrypt-sha256\\$v=2,t=2b,r=5\\$[./A-Za-z0-9]{21}[.Oeu]\\$[./A-Za-z0-9]{31}");
  }

  /** Hashes of hex digests let whoever has the digest in without the password. */
  @Test
  void a_digest_of_the_password_is_not_the_password() throws Exception {
    String password = "long ".repeat(30);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
    PasswordHash hash = hasher.hash(password);

    assertThat(hasher.verify(HexFormat.of().formatHex(digest), hash)).isEqualTo(Verdict.MISMATCH);
    assertThat(hasher.verify(new String(digest, StandardCharsets.ISO_8859_1), hash))
        .isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void a_hash_whose_salt_or_digest_was_altered_does_not_match() {
    String hash = weaker.hash("password").value();
    int salt = hash.lastIndexOf('$') - 22;
    for (int i = salt; i < hash.length(); i++) {
      if (hash.charAt(i) != '$') {
        char other = hash.charAt(i) == 'O' ? 'e' : 'O';
        PasswordHash altered =
            new PasswordHash(hash.substring(0, i) + other + hash.substring(i + 1));
        assertThat(weaker.verify("password", altered)).as("%s", i).isEqualTo(Verdict.MISMATCH);
      }
    }
  }
}
