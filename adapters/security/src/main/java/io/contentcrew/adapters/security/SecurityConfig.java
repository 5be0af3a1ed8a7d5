package io.contentcrew.adapters.security;

import io.contentcrew.ports.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How passwords are hashed and tokens signed.
 *
 * @param signingKey signs new tokens; at least {@value #MIN_KEY_BYTES} bytes of UTF-8
 * @param previousKeys verify tokens that were signed before the signing key was changed, and sign
 *     nothing; each as long as the signing key must be
 * @param issuer who issues the tokens: 1 to 200 printable ASCII characters without quotes and
 *     backslashes
 * @param audience whom they are for; written as the issuer is
 * @param tokenLife the longest life of a token, in whole seconds from a minute to 400 days; a
 *     longer-lived one is refused also if it was issued here
 * @param bcryptCost the logarithm of the rounds, {@value #MIN_COST} to {@value #MAX_COST}; less
 *     than 10 is for tests only, which whoever reads production's configuration must see to
 * @param hashingThreads how many passwords are hashed at the same time
 * @param hashingQueue how many more may wait for that, at least one
 * @param legacyHashesUntil when hashes of the system that this one replaces, which are plain
 *     bcrypt, count no more; empty if they never do. A user who signs in until then gets a new hash
 */
public record SecurityConfig(
    Secret signingKey,
    List<Secret> previousKeys,
    String issuer,
    String audience,
    Duration tokenLife,
    int bcryptCost,
    int hashingThreads,
    int hashingQueue,
    Optional<Instant> legacyHashesUntil) {
  /** The shortest key, in bytes: as long as what HMAC-SHA256 yields (RFC 7518, section 3.2). */
  public static final int MIN_KEY_BYTES = 32;

  /** The cheapest hash that bcrypt knows. */
  public static final int MIN_COST = 4;

  /** The dearest hash that is accepted: it takes seconds. */
  public static final int MAX_COST = 15;

  private static final Pattern NAME = Pattern.compile("[!-~&&[^\"\\\\]]{1,200}");
  private static final Duration LONGEST_LIFE = Duration.ofDays(400);

  public SecurityConfig {
    checkKey("the signing key", signingKey);
    previousKeys = List.copyOf(previousKeys);
    previousKeys.forEach(key -> checkKey("a previous key", key));
    checkName("the issuer", issuer);
    checkName("the audience", audience);
    Objects.requireNonNull(tokenLife, "tokenLife");
    if (tokenLife.compareTo(Duration.ofMinutes(1)) < 0
        || tokenLife.compareTo(LONGEST_LIFE) > 0
        || !tokenLife.truncatedTo(ChronoUnit.SECONDS).equals(tokenLife)) {
      throw new IllegalArgumentException(
          "tokens live for a number of whole seconds, from PT1M to P400D, not " + tokenLife);
    }
    checkRange("the cost of bcrypt", bcryptCost, MIN_COST, MAX_COST);
    checkRange("the number of threads that hash", hashingThreads, 1, 1_024);
    checkRange("the number of hashes that may wait", hashingQueue, 1, 100_000);
    Objects.requireNonNull(legacyHashesUntil, "legacyHashesUntil");
  }

  /**
   * Tokens of 7 days, issued by and for {@code contentcrew}; bcrypt at cost 12 on as many threads
   * as there are processors, with 64 waiting at most; no hashes of another system.
   */
  public static SecurityConfig of(Secret signingKey) {
    return new SecurityConfig(
        signingKey,
        List.of(),
        "contentcrew",
        "contentcrew",
        Duration.ofDays(7),
        12,
        Runtime.getRuntime().availableProcessors(),
        64,
        Optional.empty());
  }

  /** A copy that also reads tokens which were signed with these keys. */
  public SecurityConfig withPreviousKeys(List<Secret> changed) {
    return new SecurityConfig(
        signingKey,
        changed,
        issuer,
        audience,
        tokenLife,
        bcryptCost,
        hashingThreads,
        hashingQueue,
        legacyHashesUntil);
  }

  /** A copy whose tokens are issued by {@code changed}. */
  public SecurityConfig withIssuer(String changed) {
    return new SecurityConfig(
        signingKey,
        previousKeys,
        changed,
        audience,
        tokenLife,
        bcryptCost,
        hashingThreads,
        hashingQueue,
        legacyHashesUntil);
  }

  /** A copy whose tokens are for {@code changed}. */
  public SecurityConfig withAudience(String changed) {
    return new SecurityConfig(
        signingKey,
        previousKeys,
        issuer,
        changed,
        tokenLife,
        bcryptCost,
        hashingThreads,
        hashingQueue,
        legacyHashesUntil);
  }

  /** A copy whose tokens live for {@code changed} at most. */
  public SecurityConfig withTokenLife(Duration changed) {
    return new SecurityConfig(
        signingKey,
        previousKeys,
        issuer,
        audience,
        changed,
        bcryptCost,
        hashingThreads,
        hashingQueue,
        legacyHashesUntil);
  }

  /** A copy that hashes at another cost. */
  public SecurityConfig withBcryptCost(int changed) {
    return new SecurityConfig(
        signingKey,
        previousKeys,
        issuer,
        audience,
        tokenLife,
        changed,
        hashingThreads,
        hashingQueue,
        legacyHashesUntil);
  }

  /** A copy that hashes on {@code threads} threads with {@code queue} waiting at most. */
  public SecurityConfig withHashing(int threads, int queue) {
    return new SecurityConfig(
        signingKey,
        previousKeys,
        issuer,
        audience,
        tokenLife,
        bcryptCost,
        threads,
        queue,
        legacyHashesUntil);
  }

  /** A copy for which plain bcrypt hashes of the system that this one replaces count until then. */
  public SecurityConfig withLegacyHashesUntil(Instant changed) {
    return new SecurityConfig(
        signingKey,
        previousKeys,
        issuer,
        audience,
        tokenLife,
        bcryptCost,
        hashingThreads,
        hashingQueue,
        Optional.of(changed));
  }

  private static void checkKey(String what, Secret key) {
    int bytes = key.reveal().getBytes(StandardCharsets.UTF_8).length;
    if (bytes < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          what
              + " has "
              + bytes
              + " bytes; it needs "
              + MIN_KEY_BYTES
              + " or more, for example from: openssl rand -base64 48");
    }
  }

  private static void checkName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + " has 1 to 200 printable ASCII characters without quotes and backslashes");
    }
  }

  private static void checkRange(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(what + " is " + min + " to " + max + ", not " + value);
    }
  }
}
