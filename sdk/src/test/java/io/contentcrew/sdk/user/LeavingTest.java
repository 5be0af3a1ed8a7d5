package io.contentcrew.sdk.user;

import static io.contentcrew.sdk.user.AccountHarness.EMAIL;
import static io.contentcrew.sdk.user.AccountHarness.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.generation.UsageLedger;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.user.ApiKeys;
import io.contentcrew.ports.user.AuditLog;
import io.contentcrew.ports.user.Identities;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.Generation;
import io.contentcrew.sdk.GenerationRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeavingTest {
  private final AccountHarness accounts = AccountHarness.withMail();

  @AfterEach
  void close() {
    accounts.close();
  }

  /** Keeps what it is given. */
  private static final class Kept implements ExportAccount.Sink {
    final List<Object> parts = new ArrayList<>();
    final List<Job> jobs = new ArrayList<>();
    final List<Kind> events = new ArrayList<>();

    @Override
    public void account(Account account) {
      parts.add(account.user());
    }

    @Override
    public void identities(List<Identities.Linked> identities) {
      parts.addAll(identities);
    }

    @Override
    public void sessions(List<Sessions.Open> sessions) {
      parts.addAll(sessions);
    }

    @Override
    public void apiKeys(List<ApiKeys.Listed> keys) {
      parts.addAll(keys);
    }

    @Override
    public void subscriptions(List<Subscriptions.Held> subscriptions) {
      parts.addAll(subscriptions);
    }

    @Override
    public void purchases(List<Subscription> purchases) {
      parts.addAll(purchases);
    }

    @Override
    public void payments(List<BillingLedger.Row> rows) {
      parts.addAll(rows);
    }

    @Override
    public void usage(List<UsageLedger.Period> periods) {
      parts.addAll(periods);
    }

    @Override
    public void job(Job job, List<StoredArtifact> artifacts) {
      jobs.add(job);
      parts.addAll(artifacts);
    }

    @Override
    public void securityEvent(AuditLog.Numbered event) {
      events.add(event.event().kind());
    }
  }

  private Kept export(UserId user) {
    Kept kept = new Kept();
    assertThat(accounts.users().exportAccount().export(user, kept)).isTrue();
    return kept;
  }

  private Generation write(UserId user, String topic) throws Exception {
    Generation generation =
        accounts.crew.generate(user, Brief.about(topic).withFormats(Format.SOCIAL));
    generation.await(Duration.ofMinutes(1));
    return generation;
  }

  @Test
  void an_export_has_everything_of_its_user_and_nothing_of_others() throws Exception {
    NewSession session = accounts.given(EMAIL);
    UserId ada = session.signedIn().user().id();
    accounts.crew.grantTier(ada, new TierId("pro"));
    UserId eve = accounts.given("eve@example.com").signedIn().user().id();
    write(eve, "Eve's topic");
    Generation own = write(ada, "Ada's topic");
    accounts
        .users()
        .manageApiKeys()
        .create(
            ada,
            new Proof.Vouched(),
            new ManageApiKeys.Request("CI", Set.of(ApiScope.CONTENT_READ), Optional.empty()));
    Identity identity = new Identity(new ProviderName("acme"), "ada-1");
    accounts.run(stores -> stores.identities().link(ada, identity, accounts.clock.instant()));
    Kept kept = export(ada);
    assertThat(kept.jobs).extracting(Job::id).containsExactly(own.id());
    assertThat(kept.parts)
        .hasAtLeastOneElementOfType(Identities.Linked.class)
        .hasAtLeastOneElementOfType(Sessions.Open.class)
        .hasAtLeastOneElementOfType(ApiKeys.Listed.class)
        .hasAtLeastOneElementOfType(Subscriptions.Held.class)
        .hasAtLeastOneElementOfType(UsageLedger.Period.class)
        .hasAtLeastOneElementOfType(StoredArtifact.class);
    assertThat(kept.parts.getFirst().toString()).contains(EMAIL);
    assertThat(kept.events)
        .containsExactly(
            Kind.SIGNED_UP,
            Kind.EMAIL_VERIFIED,
            Kind.TIER_GRANTED,
            Kind.API_KEY_CREATED,
            Kind.DATA_EXPORTED);
  }

  @Test
  void nobody_has_nothing_to_export() {
    assertThat(accounts.users().exportAccount().export(new UserId(new UUID(1, 2)), new Kept()))
        .isFalse();
  }

  private DeleteAccount.Outcome delete(UserId user, Proof proof, boolean atOnce) {
    return accounts.users().deleteAccount().delete(user, proof, atOnce);
  }

  @Test
  void deleting_needs_a_proof() {
    NewSession session = accounts.given(EMAIL);
    UserId ada = session.signedIn().user().id();
    assertThat(delete(ada, new Proof.Password(Secret.of("not the password")), true))
        .isEqualTo(new DeleteAccount.Outcome.NotProven(Proof.Verdict.WRONG_PASSWORD));
    assertThat(delete(ada, new Proof.RecentSignIn(session.signedIn().session()), true))
        .isEqualTo(new DeleteAccount.Outcome.NotProven(Proof.Verdict.PASSWORD_NEEDED));
    assertThat(accounts.caller(session.token())).isPresent();
  }

  @Test
  void a_deleted_account_lets_nobody_in_and_is_erased_when_its_time_has_come() throws Exception {
    NewSession session = accounts.given(EMAIL);
    UserId ada = session.signedIn().user().id();
    Generation piece = write(ada, "A topic");
    assertThat(delete(ada, new Proof.Password(Secret.of(PASSWORD)), false))
        .isEqualTo(
            new DeleteAccount.Outcome.Deleted(accounts.clock.instant().plus(Duration.ofDays(30))));
    assertThat(accounts.caller(session.token())).isEmpty();
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
    assertThat(accounts.post.next().subject()).isEqualTo("Your account was deleted");
    assertThat(delete(ada, new Proof.Vouched(), false))
        .isEqualTo(new DeleteAccount.Outcome.NotFound());
    accounts.users().deleteAccount().eraseDue();
    assertThat(accounts.users().find(ada)).as("in the grace").isPresent();
    accounts.clock.advance(Duration.ofDays(30));
    accounts.users().deleteAccount().eraseDue();
    assertThat(accounts.users().find(ada)).isEmpty();
    assertThat(accounts.crew.readJobs().find(piece.id(), ada)).isEmpty();
    accounts.run(
        stores ->
            assertThat(stores.audit().list(ada, 0, 100))
                .extracting(event -> event.event().kind())
                .containsSubsequence(Kind.ACCOUNT_DELETED, Kind.ACCOUNT_ERASED));
  }

  @Test
  void who_wants_it_gone_at_once_has_it_gone_and_can_come_back_as_somebody_new() {
    UserId ada = accounts.givenUser().id();
    assertThat(delete(ada, new Proof.Password(Secret.of(PASSWORD)), true))
        .isInstanceOf(DeleteAccount.Outcome.Deleted.class);
    assertThat(accounts.users().find(ada)).isEmpty();
    assertThat(accounts.post.next().subject()).isEqualTo("Your account was deleted");
    assertThat(accounts.givenUser().id()).isNotEqualTo(ada);
  }

  @Test
  void the_jobs_of_a_deleted_account_and_of_a_closed_one_are_stopped_and_no_more_come()
      throws Exception {
    UserId ada = accounts.givenUser().id();
    Brief brief = Brief.about("A long one").withFormats(EnumSet.allOf(Format.class));
    Generation generation = accounts.crew.generate(ada, brief);
    delete(ada, new Proof.Vouched(), false);
    assertThat(generation.await(Duration.ofMinutes(1)).job().status())
        .isEqualTo(JobStatus.CANCELLED);
    assertThatThrownBy(() -> accounts.crew.generate(ada, brief))
        .isInstanceOf(GenerationRefusedException.class);
    assertThat(accounts.post.next().subject()).isEqualTo("Your account was deleted");
    UserId eve = accounts.given("eve@example.com").signedIn().user().id();
    Generation hers = accounts.crew.generate(eve, brief);
    accounts.users().setDisabled(eve, true);
    assertThat(hers.await(Duration.ofMinutes(1)).job().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void an_account_is_gone_at_once_also_while_its_jobs_run() throws Exception {
    UserId ada = accounts.givenUser().id();
    Generation generation =
        accounts.crew.generate(
            ada, Brief.about("A long one").withFormats(EnumSet.allOf(Format.class)));
    delete(ada, new Proof.Vouched(), true);
    assertThat(accounts.users().find(ada)).isEmpty();
    assertThat(accounts.crew.readJobs().find(generation.id(), ada)).isEmpty();
  }
}
