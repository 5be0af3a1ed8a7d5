package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.domain.user.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What providers have delivered: each event once, with its body, until some time after it was
 * applied.
 *
 * <p>What is due when goes by the {@code now} of whoever calls; in stores that several share by the
 * store's own clock where that is behind, so that nobody waits for one whose clock is ahead.
 */
public interface WebhookInbox {
  /** Where a delivery is. Stores keep the names. */
  enum State {
    /** To be applied, at once or again. */
    DUE,
    /** Waits for something to become known; tried now and then, too. */
    PARKED,
    /** Applied, or found to change nothing. */
    DONE,
    /** Given up; somebody must look at it. */
    DEAD
  }

  /**
   * Stores deliveries, to be applied after {@code pause}. If one with its provider and key is there
   * already, or comes before it in the list, that one stays as it is, and is found to have come
   * once more. Atomic: of several with the same key that are stored at the same time, one is new.
   *
   * @param pause until {@link #take} gives them out; whoever stores them may apply them before
   * @return one for each, in their order
   */
  List<Receipt> store(List<Delivered> deliveries, Instant now, Duration pause);

  /** Stores one delivery. */
  default Receipt store(Delivered delivered, Instant now, Duration pause) {
    return store(List.of(delivered), now, pause).getFirst();
  }

  /**
   * What came in.
   *
   * @param key of two of a provider with the same key, one is the other again
   * @param customer the provider's name for whom it is about
   * @param signature a digest of what it was signed with
   * @param body the bytes that were signed; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on as they are, and never compared
  record Delivered(
      WebhookId id,
      PaymentProviderName provider,
      String key,
      String type,
      Optional<String> apiVersion,
      Optional<String> customer,
      Optional<Instant> providerTime,
      Digest signature,
      byte[] body,
      Instant receivedAt) {
    public Delivered {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(apiVersion, "apiVersion");
      Objects.requireNonNull(customer, "customer");
      Objects.requireNonNull(providerTime, "providerTime");
      Objects.requireNonNull(signature, "signature");
      Objects.requireNonNull(body, "body");
      Objects.requireNonNull(receivedAt, "receivedAt");
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
      return "Delivered[" + provider + " " + type + " " + id + "]";
    }
  }

  /**
   * What is stored.
   *
   * @param id under which it is stored, of the first of its key
   * @param isNew whether it was not there before
   * @param state of the one that is there
   */
  record Receipt(WebhookId id, boolean isNew, State state) {}

  /**
   * Takes deliveries that are due, those that were due first before others. Nobody else is given
   * them until {@code lease} has passed; then they are due again, unless something was said of
   * them. Parked ones whose time has come are given out, too.
   *
   * @param providers only what those have delivered
   * @param limit at most so many
   */
  List<Entry> take(
      Instant now, Duration lease, Collection<PaymentProviderName> providers, int limit);

  /**
   * Says that it is done, if it was not said already.
   *
   * @param outcome what became of it, in a word
   * @return false if it is done already, or is not there; then whatever was done must be undone
   */
  default boolean finish(WebhookId id, String outcome, Instant now) {
    return finish(Map.of(id, outcome), now);
  }

  /**
   * Says of several that they are done.
   *
   * @param outcomes what became of each, in a word
   * @return false if one of them is done already, or is not there; then whatever was done must be
   *     undone, this too
   */
  boolean finish(Map<WebhookId, String> outcomes, Instant now);

  /**
   * Makes it due after {@code pause}, because it could not be applied; it counts as tried. Nothing
   * happens to one that is done or given up.
   */
  void retry(WebhookId id, String error, Instant now, Duration pause);

  /**
   * Parks it until what it waits for is {@link #release released}, or {@code pause} is over; it
   * counts as tried. Nothing happens to one that is done or given up.
   */
  void park(WebhookId id, Waiting waiting, Instant now, Duration pause);

  /** Gives it up. Nothing happens to one that is done or given up. */
  void bury(WebhookId id, String error, Instant now);

  /**
   * Makes due what waits for that, as if it had never been tried.
   *
   * @return how many
   */
  int release(PaymentProviderName provider, Waiting waiting, Instant now);

  /** The names of what deliveries wait for, of one kind and provider. */
  Set<String> awaited(PaymentProviderName provider, Waiting.For what);

  /**
   * Makes one due again that is parked, dead or done, as if it had never been tried.
   *
   * @return false if it is not there
   */
  boolean replay(WebhookId id, Instant now);

  /** The delivery of that name. */
  Optional<Entry> find(WebhookId id);

  /** A page of deliveries without their bodies, the latest received first. */
  List<Entry> page(Query query);

  /** How many there are of each state but {@link State#DONE}. */
  Map<State, Long> counts();

  /** When the one was received that has waited longest to be applied; parked ones not counted. */
  Optional<Instant> oldestDue();

  /**
   * Deletes what was done before {@code doneBefore}, and what was given up before {@code
   * deadBefore}.
   *
   * @param limit at most so many
   * @return how many
   */
  int purge(Instant doneBefore, Instant deadBefore, int limit);

  /**
   * Which ones.
   *
   * @param before those that come after that one in the order of pages; empty for the first page
   * @param limit at most so many
   */
  record Query(
      Optional<PaymentProviderName> provider,
      Optional<State> state,
      Optional<String> type,
      Optional<WebhookId> before,
      int limit) {
    public Query {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(before, "before");
    }
  }

  /**
   * A stored delivery.
   *
   * @param attempts how often it was tried in vain: was retried or parked, or was given out and
   *     nothing was said of it
   * @param deliveries how often it came
   * @param nextAt when it is given out next, if it is due or parked
   * @param note what became of it, why it could not be applied, or what it waits for
   * @param settledAt when it was done or given up
   * @param body the bytes; empty on a page
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on as they are, and never compared
  record Entry(
      WebhookId id,
      PaymentProviderName provider,
      String key,
      String type,
      Optional<String> apiVersion,
      Optional<String> customer,
      Optional<Instant> providerTime,
      Instant receivedAt,
      State state,
      int attempts,
      int deliveries,
      Optional<Instant> nextAt,
      Optional<String> note,
      Optional<Instant> settledAt,
      byte[] body) {
    /** Shows nothing of what was sent. */
    @Override
    public String toString() {
      return "Entry[" + provider + " " + type + " " + id + " " + state + "]";
    }
  }
}
