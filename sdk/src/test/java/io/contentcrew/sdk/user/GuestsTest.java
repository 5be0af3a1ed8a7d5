package io.contentcrew.sdk.user;

import static io.contentcrew.sdk.user.AccountHarness.EMAIL;
import static io.contentcrew.sdk.user.AccountHarness.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.sdk.generation.ShowUsage;
import io.contentcrew.sdk.generation.SubmitGeneration;
import io.contentcrew.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuestsTest {
  private final AccountHarness accounts = AccountHarness.withoutMail();

  @AfterEach
  void close() {
    accounts.close();
  }

  private NewSession guest() {
    return ((StartAsGuest.Outcome.Started) accounts.users().startAsGuest().start("A browser"))
        .session();
  }

  private static UserId id(NewSession session) {
    return session.signedIn().user().id();
  }

  private SubmitGeneration.Outcome submit(NewSession session, Format... formats) {
    return accounts
        .crew
        .submitGeneration()
        .submit(
            SubmitGeneration.Request.of(
                id(session), Brief.about("Tea").withFormats(Set.of(formats))));
  }

  private Job submitted(NewSession session, Format... formats) {
    return ((SubmitGeneration.Outcome.Accepted) submit(session, formats)).job();
  }

  private Job ended(Job job) throws InterruptedException {
    Storage storage = accounts.storage;
    while (true) {
      Job now = storage.transactions().read(stores -> stores.jobs().find(job.id())).orElseThrow();
      if (now.status().isFinal()) {
        return now;
      }
      Thread.onSpinWait();
    }
  }

  private NewSession signUp(NewSession guest) {
    var form =
        new RegisterUser.Request(EMAIL, PASSWORD, "Ada", "A browser", Optional.of(id(guest)));
    return ((RegisterUser.Outcome.Registered) accounts.users().registerUser().register(form))
        .session();
  }

  private NewSession signIn(String email, NewSession guest) {
    var form =
        new SignIn.Request(email, PASSWORD, "A browser", Optional.empty(), Optional.of(id(guest)));
    return ((SignIn.Outcome.Admitted) accounts.users().signIn().signIn(form)).session();
  }

  private List<Job> jobs(NewSession session) {
    return accounts
        .storage
        .transactions()
        .read(
            stores ->
                stores
                    .jobs()
                    .page(id(session), new Jobs.Query(Optional.empty(), Optional.empty(), 100)));
  }

  private boolean isIn(NewSession session) {
    return accounts.caller(session.token()).isPresent();
  }

  @Test
  void a_guest_has_no_address_and_no_password_and_stays_for_some_days() {
    NewSession guest = guest();
    assertThat(guest.signedIn().user().guest()).isTrue();
    assertThat(guest.signedIn().user().email()).isEmpty();
    assertThat(guest.device()).isEmpty();
    assertThat(isIn(guest)).isTrue();
  }

  @Test
  void a_guest_may_have_one_piece_of_each_format_and_one_job_at_a_time() throws Exception {
    NewSession guest = guest();
    ShowUsage.View view = accounts.crew.showUsage().show(id(guest));
    assertThat(view.tier().id()).isEqualTo(TierId.FREE);
    assertThat(view.tier().limits().activeJobs()).isEqualTo(1);
    assertThat(view.tier().limits().monthly().values()).containsOnly(Allowance.of(1));
    Job job = submitted(guest, Format.SOCIAL);
    assertThat(submit(guest, Format.BLOG))
        .isEqualTo(
            new SubmitGeneration.Outcome.TooManyJobs(TierId.FREE, 1, 1, Optional.of(TierId.FREE)));
    ended(job);
    assertThat(submit(guest, Format.SOCIAL))
        .isInstanceOfSatisfying(
            SubmitGeneration.Outcome.OverQuota.class,
            over -> {
              assertThat(over.tier()).isEqualTo(TierId.FREE);
              assertThat(over.upgradeTo()).contains(TierId.FREE);
            });
    accounts.clock.advance(Duration.ofDays(6)); // and not anew in another month
    assertThat(submit(guest, Format.SOCIAL)).isInstanceOf(SubmitGeneration.Outcome.OverQuota.class);
    assertThat(ended(submitted(guest, Format.BLOG)).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void who_signs_up_takes_along_what_runs_and_what_is_done_and_the_quota_is_whole()
      throws Exception {
    NewSession guest = guest();
    Job done = ended(submitted(guest, Format.SOCIAL));
    Job running = submitted(guest, Format.BLOG);
    NewSession ada = signUp(guest);
    assertThat(isIn(guest)).isFalse();
    assertThat(isIn(ada)).isTrue();
    assertThat(jobs(ada)).extracting(Job::id).containsExactlyInAnyOrder(running.id(), done.id());
    assertThat(jobs(guest)).isEmpty();
    assertThat(ended(running).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended(running).owner()).isEqualTo(id(ada));
    accounts.run(
        stores -> {
          var periods = stores.usage().periods(id(ada));
          assertThat(periods).hasSize(1);
          assertThat(periods.getFirst().usage().values())
              .allSatisfy(usage -> assertThat(usage.used()).isEqualTo(1))
              .allSatisfy(usage -> assertThat(usage.reserved()).isZero());
          assertThat(stores.usage().periods(id(guest))).isEmpty();
          assertThat(stores.audit().list(id(ada), 0, 10))
              .extracting(event -> event.event().kind())
              .containsExactly(Kind.SIGNED_UP, Kind.GUEST_HANDED_OVER);
        });
    assertThat(accounts.crew.showUsage().show(id(ada)).formats().values())
        .allSatisfy(usage -> assertThat(usage.taken()).isZero());
    accounts.users().deleteAccount().eraseDue();
    assertThat(accounts.users().find(id(guest))).isEmpty();
    assertThat(jobs(ada)).hasSize(2);
  }

  @Test
  void who_signs_in_takes_it_along_to_the_account_there_is() throws Exception {
    NewSession before = accounts.given(EMAIL);
    Job own = ended(submitted(before, Format.SOCIAL));
    NewSession guest = guest();
    Job made = submitted(guest, Format.SOCIAL);
    NewSession ada = signIn(EMAIL, guest);
    assertThat(jobs(ada)).extracting(Job::id).containsExactlyInAnyOrder(made.id(), own.id());
    assertThat(isIn(guest)).isFalse();
    assertThat(ended(made).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(accounts.crew.showUsage().show(id(ada)).formats().get(Format.SOCIAL))
        .as("it counts: only who signs up is given it")
        .isEqualTo(new FormatUsage(2, 0));
    assertThat(submit(guest, Format.BLOG)).isEqualTo(new SubmitGeneration.Outcome.UnknownUser());
  }

  @Test
  void of_two_accounts_that_a_guest_signs_in_to_at_once_one_gets_everything() throws Exception {
    for (int round = 0; round < 5; round++) {
      List<String> emails = List.of("a" + round + "@example.com", "b" + round + "@example.com");
      emails.forEach(accounts::given);
      NewSession guest = guest();
      Job job = submitted(guest, Format.SOCIAL);
      List<NewSession> sessions = Race.of(2, number -> signIn(emails.get(number), guest));
      assertThat(jobs(sessions.get(0)).size() + jobs(sessions.get(1)).size()).isEqualTo(1);
      assertThat(ended(job).owner()).isIn(sessions.stream().map(GuestsTest::id).toList());
    }
  }

  @Test
  void nobody_takes_over_an_account_that_is_no_guests() throws Exception {
    NewSession eve = accounts.given("eve@example.com");
    Job job = ended(submitted(eve, Format.SOCIAL));
    accounts.given(EMAIL);
    NewSession ada = signIn(EMAIL, eve);
    assertThat(jobs(ada)).isEmpty();
    assertThat(jobs(eve)).extracting(Job::id).containsExactly(job.id());
    assertThat(isIn(eve)).isTrue();
  }

  @Test
  void a_password_that_is_not_right_hands_nothing_over() {
    accounts.given(EMAIL);
    NewSession guest = guest();
    Job job = submitted(guest, Format.SOCIAL);
    var form =
        new SignIn.Request(
            EMAIL, "not the password", "A browser", Optional.empty(), Optional.of(id(guest)));
    assertThat(accounts.users().signIn().signIn(form)).isEqualTo(new SignIn.Outcome.Refused());
    assertThat(jobs(guest)).extracting(Job::id).containsExactly(job.id());
    assertThat(isIn(guest)).isTrue();
  }

  @Test
  void where_addresses_are_proved_first_it_is_the_proof_that_hands_over() {
    try (AccountHarness mailing = AccountHarness.withMail()) {
      NewSession guest =
          ((StartAsGuest.Outcome.Started) mailing.users().startAsGuest().start("A browser"))
              .session();
      Optional<UserId> shown = Optional.of(id(guest));
      var form = new RegisterUser.Request(EMAIL, PASSWORD, "Ada", "A browser", shown);
      assertThat(mailing.users().registerUser().register(form))
          .isEqualTo(new RegisterUser.Outcome.LetterSent());
      assertThat(mailing.caller(guest.token())).isPresent();
      var proof =
          new VerifyEmail.Request(
              mailing.post.token(),
              Optional.of(PASSWORD),
              Optional.empty(),
              Optional.empty(),
              "A browser",
              shown);
      assertThat(mailing.users().verifyEmail().verify(proof))
          .isInstanceOf(VerifyEmail.Outcome.Registered.class);
      assertThat(mailing.caller(guest.token())).isEmpty();
    }
  }

  @Test
  void guests_who_do_not_sign_up_are_deleted_with_all_of_theirs_after_a_while() throws Exception {
    NewSession old = guest();
    Job job = ended(submitted(old, Format.SOCIAL));
    accounts.clock.advance(Duration.ofDays(7));
    NewSession young = guest();
    accounts.users().deleteAccount().eraseDue();
    assertThat(accounts.users().find(id(old))).isPresent();
    accounts.clock.advance(Duration.ofSeconds(1));
    accounts.users().deleteAccount().eraseDue();
    assertThat(accounts.users().find(id(old))).isEmpty();
    assertThat(accounts.crew.readJobs().find(job.id(), id(old))).isEmpty();
    assertThat(isIn(old)).isFalse();
    assertThat(isIn(young)).isTrue();
    accounts.given(EMAIL);
    accounts.clock.advance(Duration.ofDays(400));
    accounts.users().deleteAccount().eraseDue();
    assertThat(accounts.users().find(EMAIL)).as("no guest").isPresent();
  }

  @Test
  void a_guest_leaves_by_the_session_alone_and_does_nothing_that_needs_an_account() {
    NewSession guest = guest();
    Proof proof = new Proof.RecentSignIn(guest.signedIn().session());
    accounts.clock.advance(Duration.ofDays(3));
    assertThat(
            accounts
                .users()
                .changePassword()
                .change(guest.signedIn().session(), proof, "a password of my own"))
        .isEqualTo(new ChangePassword.Outcome.NotProven(Proof.Verdict.SIGN_UP_NEEDED));
    NewSession other = guest();
    Proof others = new Proof.RecentSignIn(other.signedIn().session());
    assertThat(accounts.users().deleteAccount().delete(id(guest), others, true))
        .isInstanceOf(DeleteAccount.Outcome.NotProven.class);
    assertThat(
            accounts
                .users()
                .deleteAccount()
                .delete(id(guest), new Proof.Password(Secret.of("x")), true))
        .isInstanceOf(DeleteAccount.Outcome.NotProven.class);
    assertThat(accounts.users().deleteAccount().delete(id(guest), proof, true))
        .isInstanceOf(DeleteAccount.Outcome.Deleted.class);
    assertThat(accounts.users().find(id(guest))).isEmpty();
  }
}
