package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BcryptHashTest {
  private static final String SALT = "cvCFvAT199bskxf6ipPwtu";
  private static final String DIGEST = "emOd6GgRxuOW3lsMKMUqXxx/axg33Um";

  @Test
  void it_is_read_and_written_in_both_versions() {
    for (String text :
        new String[] {
          "$bcrypt-sha256$v=2,t=2b,r=12$" + SALT + "$" + DIGEST,
          "$bcrypt-sha256$v=2,t=2a,r=4$" + SALT + "$" + DIGEST,
          "$bcrypt-sha256$2b,15$" + SALT + "$" + DIGEST,
          "$bcrypt-sha256$2a,9$" + SALT + "$" + DIGEST
        }) {
      assertThat(BcryptHash.parse(text).orElseThrow().text()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$bcrypt-sha256$v=2,t=2b,r=3$SALT$DIGEST", // cheaper than bcrypt knows
        "$bcrypt-sha256$v=2,t=2b,r=16$SALT$DIGEST", // would keep a processor for many seconds
        "$bcrypt-sha256$v=2,t=2b,r=31$SALT$DIGEST",
        "$bcrypt-sha256$v=2,t=2b,r=012$SALT$DIGEST",
        "$bcrypt-sha256$v=2,t=2b,r=-4$SALT$DIGEST",
        "$bcrypt-sha256$v=2,t=2y,r=12$SALT$DIGEST",
        "$bcrypt-sha256$v=3,t=2b,r=12$SALT$DIGEST",
        "$bcrypt-sha256$v=1,t=2b,r=12$SALT$DIGEST",
        "$bcrypt-sha256$r=12,t=2b,v=2$SALT$DIGEST",
        "$bcrypt-sha256$v=2,t=2b,r=12$SALT",
        "$bcrypt-sha256$v=2,t=2b,r=12$SALT$DIGEST\n",
        "$bcrypt-sha256$v=2,t=2b,r=12$SALT$DIGEST$",
        "$bcrypt-sha256$2b,012$SALT$DIGEST",
        "$2b$12$SALTDIGEST",
        "bcrypt-sha256$v=2,t=2b,r=12$SALT$DIGEST",
        ""
      })
  void anything_else_is_none_of_ours(String text) {
    String filled = text.replace("SALT", SALT).replace("DIGEST", DIGEST);

    assertThat(BcryptHash.parse(filled)).isEmpty();
  }

  @Test
  void spare_bits_in_salt_or_digest_are_refused() {
    for (char last : "/ABCNPYZabcdftvwyz0123456789".toCharArray()) {
      String salt = SALT.substring(0, 21) + last;
      assertThat(BcryptHash.parse("$bcrypt-sha256$v=2,t=2b,r=12$" + salt + "$" + DIGEST))
          .as("salt that ends in %s", last)
          .isEmpty();
    }
    for (char last : "/ABDEFHIJLN".toCharArray()) {
      String digest = DIGEST.substring(0, 30) + last;
      assertThat(BcryptHash.parse("$bcrypt-sha256$v=2,t=2b,r=12$" + SALT + "$" + digest))
          .as("digest that ends in %s", last)
          .isEmpty();
    }
  }

  @Test
  void what_we_make_of_random_bytes_has_no_spare_bits() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      byte[] salt = new byte[16];
      byte[] digest = new byte[23];
      random.nextBytes(salt);
      random.nextBytes(digest);
      BcryptHash hash =
          new BcryptHash(2, "2b", 12, BcryptSha256.salt(salt), BcryptSha256.salt(digest));
      assertThat(BcryptHash.parse(hash.text())).contains(hash);
    }
  }

  @Test
  void it_does_not_show_itself() {
    assertThat(new BcryptHash(2, "2b", 12, SALT, DIGEST).toString()).doesNotContain(SALT, DIGEST);
  }
}
