package io.contentcrew.sdk;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;

/**
 * Makes ids: UUID version 7 (RFC 9562), which sort by the time they were made. Safe for use by many
 * threads.
 */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InstantSource clock;

  /** Ids that take their time from {@code clock}. */
  public Ids(InstantSource clock) {
    this.clock = clock;
  }

  /** A new id: 48 bits of milliseconds since 1970, then 74 random bits. */
  public UUID next() {
    byte[] random = new byte[10];
    RANDOM.nextBytes(random);
    long high = (clock.millis() << 16) | 0x7000 | ((random[0] & 0x0F) << 8) | (random[1] & 0xFF);
    long low = 0;
    for (int i = 2; i < 10; i++) {
      low = (low << 8) | (random[i] & 0xFF);
    }
    return new UUID(high, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  /** A random id (version 4), for what must not be guessed and need not sort. */
  public static UUID secret() {
    return UUID.randomUUID();
  }

  /** A random text of 256 bits that nobody can guess: 43 characters of base64url. */
  public static String token() {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
