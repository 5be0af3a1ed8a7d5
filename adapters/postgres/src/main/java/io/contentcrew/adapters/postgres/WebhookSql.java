package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.subscription.WebhookInbox.Query;

/** The statements about deliveries. */
final class WebhookSql {
  private static final String COLUMNS =
      """
      w.id, w.provider, w.event_key, w.type, w.api_version, w.customer, w.provider_time,
      w.received_at, w.state, w.attempts, w.deliveries, w.next_at, w.note, w.settled_at\
      """;

  /** One instance whose clock is ahead would make all wait for what it has written. */
  private static final String NOW = "least(:now, statement_timestamp())";

  private static final String DUE = NOW + " + make_interval(secs => :pause)";

  /**
   * A row that was not there before was written by nobody else. All take the rows in the same
   * order, so that nobody waits for somebody who waits for them.
   */
  static final String STORE =
      """
      insert into webhook_inbox as w (
        id, provider, event_key, type, api_version, customer, provider_time, signature, body,
        received_at, state, next_at)
      select
        d.id, d.provider, d.event_key, d.type, d.api_version, d.customer, d.provider_time,
        d.signature, d.body, d.received_at, 'DUE', %s
      from unnest(
        :ids, :providers, :event_keys, :types, :api_versions, :customers, :provider_times,
        :signatures, :bodies, :received)
        as d (
          id, provider, event_key, type, api_version, customer, provider_time, signature, body,
          received_at)
      order by d.provider, d.event_key
      on conflict (provider, event_key) do update set deliveries = w.deliveries + 1
      returning id, provider, event_key, xmax = 0 as is_new, state
      """
          .formatted(DUE);

  /**
   * Passes over what somebody else is taking or applying. What is given out again without a word
   * about the time before was tried in vain.
   */
  static final String TAKE =
      """
      with due as (
        select id, next_at from webhook_inbox
        where next_at <= %s and provider = any(:providers)
        order by next_at
        limit :limit
        for update skip locked),
      taken as (
        update webhook_inbox w set
          next_at = %s, attempts = w.attempts + w.given_out::int, given_out = true
        from due
        where w.id = due.id
        returning %s, w.body, due.next_at as was_due_at)
      select * from taken order by was_due_at, id
      """
          .formatted(NOW, DUE, COLUMNS);

  static final String FINISH =
      """
      update webhook_inbox w set
        state = 'DONE', note = d.note, settled_at = :now,
        next_at = null, waits_for = null, waits_name = null
      from unnest(:ids, :notes) as d (id, note)
      where w.id = d.id and w.state <> 'DONE'
      """;

  private static final String IF_OPEN = "where id = :id and state in ('DUE', 'PARKED')";

  static final String RETRY =
      """
      update webhook_inbox set
        state = 'DUE', note = :note, next_at = %s, attempts = attempts + 1, given_out = false,
        waits_for = null, waits_name = null
      """
              .formatted(DUE)
          + IF_OPEN;

  static final String PARK =
      """
      update webhook_inbox set
        state = 'PARKED', note = :note, next_at = %s, attempts = attempts + 1, given_out = false,
        waits_for = :waits_for, waits_name = :waits_name
      """
              .formatted(DUE)
          + IF_OPEN;

  static final String BURY =
      """
      update webhook_inbox set
        state = 'DEAD', note = :note, settled_at = :now,
        next_at = null, waits_for = null, waits_name = null
      """
          + IF_OPEN;

  static final String RELEASE =
      """
      update webhook_inbox set
        state = 'DUE', next_at = %s, attempts = 0, given_out = false,
        waits_for = null, waits_name = null
      where provider = :provider and waits_for = :waits_for and waits_name = :waits_name
      """
          .formatted(NOW);

  static final String AWAITED =
      """
      select distinct waits_name from webhook_inbox
      where provider = :provider and waits_for = :waits_for
      """;

  /** One that is due stays as it is: somebody may be at it. */
  static final String REPLAY =
      """
      update webhook_inbox set
        state = 'DUE', waits_for = null, waits_name = null, settled_at = null,
        next_at = case when state = 'DUE' then next_at else %s end,
        attempts = case when state = 'DUE' then attempts else 0 end,
        given_out = given_out and state = 'DUE',
        note = case when state = 'DUE' then note end
      where id = :id
      """
          .formatted(NOW);

  static final String FIND =
      "select %s, w.body from webhook_inbox w where w.id = :id".formatted(COLUMNS);

  static final String COUNTS =
      "select state, count(*) as many from webhook_inbox where state <> 'DONE' group by state";

  static final String OLDEST_DUE =
      "select min(received_at) as oldest from webhook_inbox where state = 'DUE'";

  /**
   * Passes over what another instance is deleting. What was settled just now by the database's
   * clock stays, however far ahead the caller's is.
   */
  static final String PURGE =
      """
      delete from webhook_inbox where id in (
        select id from webhook_inbox
        where state = 'DONE' and settled_at < least(:done_before, statement_timestamp())
          or state = 'DEAD' and settled_at < least(:dead_before, statement_timestamp())
        limit :limit
        for update skip locked)
      """;

  private WebhookSql() {}

  /**
   * In the order of ids, which begin with the time. Says only what is asked for, so that the few
   * that are not done are found among the many that are.
   */
  static String page(Query query) {
    return "select "
        + COLUMNS
        + ", ''::bytea as body from webhook_inbox w where true"
        + query.provider().map(provider -> " and w.provider = :provider").orElse("")
        + query.state().map(state -> " and w.state = '" + state.name() + "'").orElse("")
        + query.type().map(type -> " and w.type = :type").orElse("")
        + query.before().map(before -> " and w.id < :before").orElse("")
        + " order by w.id desc limit :limit";
  }
}
