package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Identities;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class PostgresIdentities implements Identities {
  /** Waits for a transaction that is linking the identity, or one there to the account. */
  private static final String LINK =
      """
      insert into user_identities (provider, subject, user_id, linked_at)
      values (:provider, :subject, :user, :now)
      on conflict do nothing
      """;

  private static final String FIND =
      "select user_id from user_identities where provider = :provider and subject = :subject";
  private static final String LIST =
      """
      select provider, subject, linked_at from user_identities
      where user_id = :user
      order by linked_at, provider
      """;
  private static final String UNLINK =
      "delete from user_identities where user_id = :user and provider = :provider";
  private static final String UNLINK_ALL = "delete from user_identities where user_id = :user";

  private final Tx tx;

  PostgresIdentities(Tx tx) {
    this.tx = tx;
  }

  @Override
  public boolean link(UserId user, Identity identity, Instant now) {
    int linked =
        tx.update(
            LINK, values -> named(values, identity).uuid("user", user.value()).time("now", now));
    return linked == 1 || find(identity).equals(Optional.of(user));
  }

  @Override
  public Optional<UserId> find(Identity identity) {
    return tx.first(
        FIND, values -> named(values, identity), row -> new UserId(Values.uuid(row, "user_id")));
  }

  @Override
  public List<Linked> list(UserId user) {
    return tx.list(
        LIST,
        values -> values.uuid("user", user.value()),
        row ->
            new Linked(
                new Identity(new ProviderName(row.getString("provider")), row.getString("subject")),
                Values.time(row, "linked_at")));
  }

  @Override
  public boolean unlink(UserId user, ProviderName provider) {
    return tx.update(
            UNLINK, values -> values.uuid("user", user.value()).text("provider", provider.value()))
        == 1;
  }

  @Override
  public int unlinkAll(UserId user) {
    return tx.update(UNLINK_ALL, values -> values.uuid("user", user.value()));
  }

  private static Values named(Values values, Identity identity) {
    return values.text("provider", identity.provider().value()).text("subject", identity.subject());
  }
}
