package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract lets a right hasher pass and catches wrong ones. */
class PasswordHasherContractTest {
  @Nested
  class A_right_hasher extends Contract {
    A_right_hasher() {
      super(UnaryOperator.identity());
    }
  }

  private static class Contract extends PasswordHasherContract {
    private final UnaryOperator<PasswordHasher> spoilt;

    Contract(UnaryOperator<PasswordHasher> spoilt) {
      this.spoilt = spoilt;
    }

    @Override
    protected PasswordHasher hasher() {
      return spoilt.apply(new RightHasher(2_000));
    }

    @Override
    protected PasswordHasher weakerHasher() {
      return spoilt.apply(new RightHasher(1_000));
    }

    @Override
    protected PasswordHasher crowdedHasher() {
      return spoilt.apply(new CrowdedHasher());
    }
  }

  private static void caught(
      UnaryOperator<PasswordHasher> spoilt, Consumer<PasswordHasherContract> test) {
    assertThatThrownBy(() -> test.accept(new Contract(spoilt))).isInstanceOf(AssertionError.class);
  }

  @Test
  void a_hasher_that_cuts_passwords_is_caught() {
    caught(
        right ->
            new Changed(right, password -> password.substring(0, Math.min(72, password.length()))),
        PasswordHasherContract::every_character_of_a_long_password_counts);
  }

  @Test
  void a_hasher_that_stops_at_a_zero_is_caught() {
    caught(
        right -> new Changed(right, password -> password.replaceFirst("(?s)\u0000.*", "")),
        PasswordHasherContract::another_password_does_not_match);
  }

  @Test
  void a_hasher_that_trims_is_caught() {
    caught(
        right -> new Changed(right, String::strip),
        PasswordHasherContract::another_password_does_not_match);
  }

  @Test
  void a_hasher_that_makes_questions_marks_of_half_characters_is_caught() {
    caught(
        right -> new Changed(right, password -> password.replaceAll("\\p{Cs}", "?")),
        PasswordHasherContract::half_a_character_cannot_be_hashed_and_never_matches);
  }

  @Test
  void a_hasher_without_salt_is_caught() {
    caught(
        right ->
            new Wrapped(right) {
              @Override
              public PasswordHash hash(String password) {
                return new PasswordHash(RightHasher.text(2_000, "no salt", password));
              }
            },
        PasswordHasherContract::each_hash_has_a_salt_of_its_own);
  }

  @Test
  void a_hasher_that_calls_no_hash_outdated_is_caught() {
    caught(
        right ->
            new Wrapped(right) {
              @Override
              public Verdict verify(String password, PasswordHash hash) {
                return super.verify(password, hash) == Verdict.MISMATCH
                    ? Verdict.MISMATCH
                    : Verdict.MATCH;
              }
            },
        PasswordHasherContract::a_weaker_hash_matches_as_outdated_until_it_is_made_anew);
  }

  @Test
  void a_hasher_that_says_no_to_foreign_hashes_at_once_is_caught() {
    caught(
        right ->
            new Wrapped(right) {
              @Override
              public Verdict verify(String password, PasswordHash hash) {
                return hash.value().startsWith("pbkdf2:")
                    ? super.verify(password, hash)
                    : Verdict.MISMATCH;
              }
            },
        PasswordHasherContract::a_comparison_takes_as_long_as_a_hash_whatever_is_compared);
  }

  @Test
  void a_hasher_that_pretends_to_pretend_is_caught() {
    caught(
        right ->
            new Wrapped(right) {
              @Override
              public void pretendToVerify(String password) {}
            },
        PasswordHasherContract::a_comparison_takes_as_long_as_a_hash_whatever_is_compared);
  }

  @Test
  void a_hasher_that_takes_on_any_number_is_caught() {
    caught(
        right -> right instanceof CrowdedHasher ? new RightHasher(1_000) : right,
        PasswordHasherContract::who_finds_too_many_waiting_is_turned_away_at_once);
  }

  private static class Wrapped implements PasswordHasher {
    private final PasswordHasher hasher;

    Wrapped(PasswordHasher hasher) {
      this.hasher = hasher;
    }

    @Override
    public PasswordHash hash(String password) {
      return hasher.hash(password);
    }

    @Override
    public Verdict verify(String password, PasswordHash hash) {
      return hasher.verify(password, hash);
    }

    @Override
    public void pretendToVerify(String password) {
      hasher.pretendToVerify(password);
    }
  }

  private static final class Changed extends Wrapped {
    private final UnaryOperator<String> change;

    Changed(PasswordHasher hasher, UnaryOperator<String> change) {
      super(hasher);
      this.change = change;
    }

    @Override
    public PasswordHash hash(String password) {
      return super.hash(change.apply(password));
    }

    @Override
    public Verdict verify(String password, PasswordHash hash) {
      return super.verify(change.apply(password), hash);
    }
  }

  private static final class CrowdedHasher implements PasswordHasher {
    @Override
    public PasswordHash hash(String password) {
      throw new PortUnavailableException("too many", null, Duration.ofSeconds(1));
    }

    @Override
    public Verdict verify(String password, PasswordHash hash) {
      throw new PortUnavailableException("too many", null, Duration.ofSeconds(1));
    }

    @Override
    public void pretendToVerify(String password) {
      throw new PortUnavailableException("too many", null, Duration.ofSeconds(1));
    }
  }

  /** PBKDF2 of the JDK, keyed with the password in base 64 so that no character gets lost. */
  private record RightHasher(int rounds) implements PasswordHasher {
    @Override
    public PasswordHash hash(String password) {
      if (isBroken(password)) {
        throw new IllegalArgumentException("half a character");
      }
      return new PasswordHash(text(rounds, UUID.randomUUID().toString(), password));
    }

    @Override
    public Verdict verify(String password, PasswordHash hash) {
      if (isBroken(password) || !hash.value().matches("pbkdf2:\\d+:[^:]+:[^:\n]{44}")) {
        pretendToVerify(password);
        return Verdict.MISMATCH;
      }
      String[] parts = hash.value().split(":", -1);
      int used = Integer.parseInt(parts[1]);
      boolean same =
          MessageDigest.isEqual(
              text(used, parts[2], password).getBytes(StandardCharsets.UTF_8),
              hash.value().getBytes(StandardCharsets.UTF_8));
      if (!same) {
        return Verdict.MISMATCH;
      }
      return used < rounds ? Verdict.MATCH_OUTDATED : Verdict.MATCH;
    }

    @Override
    public void pretendToVerify(String password) {
      text(rounds, "nobody's salt", password);
    }

    private static boolean isBroken(String password) {
      return password.codePoints().anyMatch(cp -> cp >= 0xD800 && cp <= 0xDFFF);
    }

    static String text(int rounds, String salt, String password) {
      try {
        String key = Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
        var spec =
            new PBEKeySpec(
                ("k" + key).toCharArray(), salt.getBytes(StandardCharsets.UTF_8), rounds, 256);
        byte[] raw =
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        return "pbkdf2:" + rounds + ":" + salt + ":" + Base64.getEncoder().encodeToString(raw);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
