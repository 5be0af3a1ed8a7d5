package io.contentcrew.testkit;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.Price;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.TierLimits;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.ApiKey;
import io.contentcrew.domain.user.ApiKeyId;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.Letter;
import io.contentcrew.domain.user.LetterId;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.Ticket;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Values for tests. Every id is new, and job ids grow, as those of real jobs do. Instants have no
 * fraction finer than what every store keeps.
 */
public final class Fixtures {
  /** The instant at which the tests' clocks begin. */
  public static final Instant NOW = Instant.parse("2026-03-14T12:00:00Z");

  private static final AtomicLong COUNTER = new AtomicLong();

  private Fixtures() {}

  /** A user nobody has seen before. */
  public static User aUser() {
    return aUser("user" + COUNTER.incrementAndGet() + "@example.com");
  }

  /** A user of that address. */
  public static User aUser(String email) {
    return User.of(aUserId(), new EmailAddress(email), "Ada Writer", NOW);
  }

  /** An id nobody has. */
  public static UserId aUserId() {
    return new UserId(UUID.randomUUID());
  }

  /** A session of that user, for seven days from {@link #NOW}. */
  public static Session aSession(UserId user) {
    return new Session(
        new SessionId(UUID.randomUUID()),
        user,
        NOW,
        NOW.plus(Duration.ofDays(7)),
        "Firefox on Linux");
  }

  /** A user without an address. */
  public static User aUserWithoutEmail() {
    return new User(aUserId(), Optional.empty(), false, "Bob Writer", NOW);
  }

  /** The digest of something nobody else has. */
  public static Digest aDigest() {
    return Digest.of(UUID.randomUUID().toString());
  }

  /** An identity at Google that nobody else has. */
  public static Identity anIdentity() {
    return anIdentity("google");
  }

  /** An identity at that provider that nobody else has. */
  public static Identity anIdentity(String provider) {
    return new Identity(new ProviderName(provider), "subject " + COUNTER.incrementAndGet());
  }

  /** A key of that user that may do everything, without an end. */
  public static ApiKey anApiKey(UserId user) {
    return anApiKey(user, NOW, Optional.empty());
  }

  /** A key of that user that may do everything. */
  public static ApiKey anApiKey(UserId user, Instant createdAt, Optional<Instant> expiresAt) {
    return new ApiKey(
        new ApiKeyId(UUID.randomUUID()),
        user,
        "A key of mine",
        Set.of(ApiScope.values()),
        "crew_1234",
        createdAt,
        expiresAt);
  }

  /** A ticket that names an account: for a new password. */
  public static Ticket.ResetPassword aTicket(UserId user) {
    return new Ticket.ResetPassword(user, new EmailAddress("reader@example.com"));
  }

  /** A ticket that names no account: for a sign-up. */
  public static Ticket.SignUp aTicket() {
    return new Ticket.SignUp(new EmailAddress("new@example.com"), "Cleo Writer");
  }

  /** A letter about an account, written at {@link #NOW}. */
  public static Letter aLetter(UserId about) {
    return aLetter(new Letter.Matter.VerifyEmail(about), NOW);
  }

  /** A letter about no account, written at {@link #NOW}. */
  public static Letter aLetter() {
    return aLetter(new Letter.Matter.AccountDeleted(), NOW);
  }

  /** A letter. */
  public static Letter aLetter(Letter.Matter matter, Instant writtenAt) {
    return new Letter(
        new LetterId(UUID.randomUUID()), new EmailAddress("reader@example.com"), matter, writtenAt);
  }

  /** Something that happened to an account at {@link #NOW}. */
  public static SecurityEvent aSecurityEvent(UserId user) {
    return new SecurityEvent(
        SecurityEvent.Kind.SIGNED_IN, Optional.of(user), NOW, Map.of("method", "password"));
  }

  /** A run of an instance. */
  public static WorkerId aWorker() {
    return new WorkerId(UUID.randomUUID());
  }

  /** The free tier: ten pieces of each format a month. */
  public static Tier aTier() {
    return aTier("free", 0);
  }

  /** A tier of that name and rank: ten pieces of each format a month. */
  public static Tier aTier(String id, int rank) {
    Map<Format, Allowance> monthly = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      monthly.put(format, Allowance.of(10));
    }
    return new Tier(
        new TierId(id),
        "Tier " + id,
        rank,
        new TierLimits(monthly, 1, 2, 10, 60, Optional.of(Duration.ofDays(90))),
        new ModelName("llama3.2:1b"),
        false,
        false,
        Optional.empty());
  }

  /** The tiers free, pro (with a price, priority, API keys) and enterprise (without limits). */
  public static TierCatalog aCatalog() {
    Tier pro = aTier("pro", 20);
    Map<Format, Allowance> unlimited = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      unlimited.put(format, Allowance.unlimited());
    }
    return new TierCatalog(
        List.of(
            aTier(),
            new Tier(
                pro.id(),
                pro.displayName(),
                pro.rank(),
                pro.limits().withAllowance(Format.VIDEO, Allowance.of(0)),
                new ModelName("llama3.1:8b"),
                true,
                true,
                Optional.of(new Price(Currency.getInstance("USD"), 2999, 29999))),
            aTier("enterprise", 30)
                .withLimits(new TierLimits(unlimited, 8, 100, 500, 2000, Optional.empty()))));
  }

  /** The calendar month that holds {@link #NOW}. */
  public static UsagePeriod aPeriod() {
    return UsagePeriod.calendarMonth(NOW);
  }

  /** A brief for a blog post. */
  public static Brief aBrief() {
    return Brief.about("How tea is made");
  }

  /** A brief for every format. */
  public static Brief aFullBrief() {
    return aBrief().withFormats(Set.of(Format.values()));
  }

  /** What writes: a model called {@code llama3.2:1b} at an engine called {@code test}. */
  public static Engine anEngine() {
    return new Engine(new EngineName("test"), new ModelName("llama3.2:1b"), false);
  }

  /** A pending job for a blog post. */
  public static Job aJob(UserId owner) {
    return aJob(owner, aBrief());
  }

  /** A pending job for {@code brief}. */
  public static Job aJob(UserId owner, Brief brief) {
    return Job.submitted(aJobId(), owner, brief, TierId.FREE, aPeriod(), anEngine(), NOW);
  }

  /** An id greater than all before it, shaped like UUIDv7 (RFC 9562 section 5.7). */
  public static JobId aJobId() {
    long count = COUNTER.incrementAndGet();
    long millis = NOW.toEpochMilli() + (count >>> 12);
    long high = (millis << 16) | 0x7000 | (count & 0xFFF);
    long random = UUID.randomUUID().getLeastSignificantBits();
    long low = (random & 0x3FFF_FFFF_FFFF_FFFFL) | (1L << 63);
    return new JobId(new UUID(high, low));
  }

  /** A failure that a user may read. */
  public static Failure aFailure() {
    return new Failure(Failure.Code.LLM_TIMEOUT, "The model fell silent; try again.");
  }

  /** Results in which every format of {@code job} is ready. */
  public static Map<Format, FormatResult> allReady(Job job) {
    Map<Format, FormatResult> results = new EnumMap<>(Format.class);
    job.brief().formats().forEach(format -> results.put(format, new FormatResult.Ready()));
    return results;
  }

  /** Results in which every format of {@code job} has failed. */
  public static Map<Format, FormatResult> allFailed(Job job) {
    Map<Format, FormatResult> results = new EnumMap<>(Format.class);
    job.brief()
        .formats()
        .forEach(format -> results.put(format, new FormatResult.Failed(aFailure())));
    return results;
  }

  /** A piece of that format. */
  public static Artifact anArtifact(Format format) {
    return switch (format) {
      case BLOG ->
          new Artifact.BlogPost(
              "Tea",
              "It begins with a *leaf*.",
              List.of(
                  new Artifact.BlogPost.Section("Picking", "By hand, at \"dawn\"."),
                  new Artifact.BlogPost.Section("Drying", "Slowly \uD83C\uDF75")),
              "And then one drinks.");
      case SOCIAL ->
          new Artifact.SocialPosts(
              "Tea, seriously.", "tea!", "Tea for all", "tea", List.of("#tea", "#leaf"), "Drink");
      case AUDIO ->
          new Artifact.AudioScript(
              "Listen: a kettle.",
              List.of(new Artifact.AudioScript.Segment("Water", "Let it boil.")),
              "Enjoy.",
              "Slowly");
      case VIDEO ->
          new Artifact.VideoScript(
              "Steam!",
              List.of(new Artifact.VideoScript.Scene("It boils.", "A kettle", "100 \u00B0C")),
              "Tea.");
    };
  }

  /** The first version of a piece, with a note of the checks. */
  public static StoredArtifact aStoredArtifact(Format format) {
    return aStoredArtifact(format, 1);
  }

  /** That version of a piece, with a note of the checks. */
  public static StoredArtifact aStoredArtifact(Format format, int version) {
    return new StoredArtifact(
        anArtifact(format),
        version,
        List.of(new Finding(Finding.Severity.NOTE, "language", "Half of it is English.")),
        anEngine(),
        false,
        NOW);
  }
}
