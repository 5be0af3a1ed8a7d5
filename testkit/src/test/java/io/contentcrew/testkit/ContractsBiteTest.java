package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Shows that the contracts find out an adapter that looks right at first sight. */
class ContractsBiteTest {
  private static final class Outcome implements TestExecutionListener {
    private final Set<String> failed = new TreeSet<>();
    private final Set<String> passed = new TreeSet<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(source -> ((MethodSource) source).getMethodName())
          .ifPresent(
              name ->
                  (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? passed : failed)
                      .add(name));
    }
  }

  private static Outcome run(DiscoverySelector... selectors) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
    Outcome outcome = new Outcome();
    LauncherFactory.create().execute(request, outcome);
    return outcome;
  }

  /** What the wrong adapter does right passes, so the failures are not just those of a fake. */
  private static void fails(Class<?> contract, String rightAllTheSame, String... wrong) {
    Outcome outcome = run(selectClass(contract));
    assertThat(outcome.failed).contains(wrong);
    assertThat(outcome.passed).contains(rightAllTheSame);
  }

  @Test
  void transactions_that_are_none() {
    fails(
        Naive.TransactionsCase.class,
        "the_work_sees_its_own_writes",
        "an_exception_of_the_work_undoes_all_it_wrote_and_is_rethrown_unchanged",
        "an_error_of_the_work_undoes_all_it_wrote_too",
        "others_see_all_of_a_transaction_or_nothing",
        "what_is_rolled_back_is_never_seen_by_others",
        "what_the_store_refuses_is_a_failure_and_undoes_the_rest",
        "a_transaction_cannot_begin_within_another",
        "the_stores_are_of_no_use_after_the_transaction",
        "the_stores_are_of_no_use_on_another_thread");
  }

  @Test
  void a_storage_that_says_it_is_there_whatever_happens() {
    fails(
        Naive.StorageCase.class,
        "a_storage_that_can_be_reached_gives_a_sign_of_life",
        "a_storage_that_cannot_be_reached_says_so",
        "no_work_is_done_where_the_storage_cannot_be_reached",
        "a_closed_storage_cannot_be_reached");
  }

  @Test
  void accounts_that_are_looked_for_and_then_added() {
    fails(
        Naive.UsersCase.class,
        "an_address_is_taken_once",
        "of_accounts_that_race_for_an_address_one_is_added",
        "accounts_without_an_address_are_not_in_each_others_way",
        "an_address_that_is_not_the_accounts_any_more_proves_nothing",
        "an_address_that_was_taken_away_is_free",
        "of_those_who_replace_a_password_together_one_does",
        "what_is_read_under_the_lock_stays_true_until_the_end",
        "those_who_do_not_lock_cannot_change_what_was_read_under_the_lock",
        "guests_who_came_before_then_are_named_the_longest_here_first");
  }

  @Test
  void sessions_that_end_an_instant_late() {
    fails(
        Naive.SessionsCase.class,
        "a_session_ends_once",
        "a_session_lets_nobody_in_from_the_instant_it_expires",
        "a_session_needs_its_user",
        "of_those_who_end_a_session_together_one_ended_it",
        "a_session_lets_nobody_in_whose_account_is_not_active",
        "open_sessions_are_listed_to_their_user_the_newest_first",
        "a_session_that_has_expired_is_not_listed",
        "nobody_ends_the_session_of_another_by_its_handle",
        "all_sessions_but_one_end",
        "sessions_that_have_expired_or_ended_do_not_count_among_those_that_end",
        "sessions_that_expired_before_are_forgotten_and_others_are_not",
        "forgetting_sessions_goes_on_where_it_stopped");
  }

  @Test
  void accounts_that_are_erased_alone_and_before_their_time() {
    fails(
        Naive.AccountStatesCase.class,
        "an_account_is_closed_and_opened_again",
        "an_account_is_deleted_once",
        "of_those_who_delete_an_account_together_one_did",
        "a_deleted_account_is_not_opened_again",
        "deleted_accounts_may_be_erased_from_their_time_on_the_longest_due_first",
        "an_account_is_erased_with_everything_that_belongs_to_it_and_no_other_is",
        "an_account_that_was_not_deleted_is_not_erased",
        "an_account_with_jobs_under_way_is_erased_too");
  }

  @Test
  void identities_that_are_looked_for_and_then_linked() {
    fails(
        Naive.IdentitiesCase.class,
        "an_identity_belongs_to_one_account",
        "of_accounts_that_race_for_an_identity_one_has_it",
        "of_identities_at_one_provider_that_race_for_an_account_one_is_linked",
        "linking_again_changes_nothing_and_says_that_it_is_linked",
        "an_account_has_one_identity_at_each_provider",
        "an_identity_needs_its_account",
        "the_identities_of_an_account_are_listed_the_oldest_first",
        "an_identity_that_was_taken_off_is_free");
  }

  @Test
  void keys_that_never_end() {
    fails(
        Naive.ApiKeysCase.class,
        "using_one_key_says_nothing_of_another",
        "a_key_lets_nobody_in_from_the_instant_it_expires",
        "a_key_lets_nobody_in_whose_account_is_not_active",
        "a_use_is_noted_once_within_a_minute",
        "keys_are_listed_to_their_user_the_newest_first",
        "nobody_revokes_the_key_of_another",
        "a_secret_opens_one_account",
        "a_key_needs_its_user");
  }

  @Test
  void tickets_that_are_looked_at_and_then_taken() {
    fails(
        Naive.TicketsCase.class,
        "there_is_no_ticket_once_it_was_taken",
        "of_those_who_take_a_ticket_together_one_has_it",
        "a_ticket_that_is_taken_in_vain_is_there_for_the_next",
        "a_ticket_of_another_kind_stays",
        "a_ticket_is_worth_nothing_from_the_instant_it_expires",
        "a_ticket_needs_the_account_that_it_names",
        "all_tickets_that_name_an_account_are_removed_and_no_others",
        "tickets_that_expired_before_are_forgotten_and_others_are_not",
        "forgetting_tickets_goes_on_where_it_stopped");
  }

  @Test
  void tries_that_are_looked_at_and_then_counted() {
    fails(
        Naive.AttemptsCase.class,
        "as_many_tries_are_free_as_the_rule_says",
        "of_tries_that_come_together_as_many_may_be_made_as_are_free",
        "of_tries_that_come_together_after_a_pause_one_may_be_made",
        "the_pause_between_tries_doubles_up_to_the_longest",
        "a_try_that_comes_too_early_makes_the_pause_no_longer",
        "all_are_free_again_when_the_last_one_is_long_ago",
        "a_try_that_is_rolled_back_does_not_count",
        "tries_of_which_the_last_was_before_are_forgotten_and_others_are_not");
  }

  @Test
  void letters_that_everybody_is_given() {
    fails(
        Naive.LettersCase.class,
        "postponing_or_removing_what_is_not_there_does_nothing",
        "a_letter_that_was_given_out_is_given_to_nobody_else_until_its_lease_has_passed",
        "the_longest_due_is_given_out_first_and_no_more_than_are_wanted",
        "of_those_who_take_letters_together_each_is_given_others",
        "a_letter_that_was_postponed_is_due_then",
        "a_letter_needs_the_account_that_it_is_about",
        "a_letter_goes_with_its_account_and_one_about_none_stays",
        "a_letter_of_a_transaction_that_failed_was_never_written");
  }

  @Test
  void an_audit_log_that_numbers_as_it_counts() {
    fails(
        Naive.AuditLogCase.class,
        "an_account_has_its_own_events_and_no_others",
        "events_are_listed_in_pages",
        "events_that_are_added_together_have_different_numbers_and_none_is_lost");
  }

  @Test
  void tiers_and_grants_that_are_not_checked() {
    fails(
        Naive.TiersCase.class,
        "tiers_are_loaded_as_they_were_stored",
        "a_dropped_tier_is_kept_while_a_subscription_names_it",
        "a_tier_cannot_take_the_rank_of_one_that_is_kept");
    fails(
        Naive.SubscriptionsCase.class,
        "a_grant_has_no_end",
        "a_tier_that_is_not_stored_cannot_be_granted",
        "nobody_cannot_be_granted_a_tier",
        "an_entitlement_comes_with_the_number_of_its_users_last_change",
        "the_number_is_of_the_user_alone",
        "a_change_that_is_rolled_back_has_no_number",
        "what_a_user_was_granted_is_listed_to_them_alone",
        "changes_that_race_have_different_numbers_and_the_last_one_counts");
  }

  @Test
  void subscriptions_that_are_looked_at_and_then_stored() {
    fails(
        Naive.BoughtSubscriptionsCase.class,
        "a_subscription_is_found_as_it_was_stored",
        "what_a_user_has_bought_is_shown_the_latest_changed_first_also_what_has_ended",
        "what_a_customer_has_is_shown_to_be_theirs_also_what_has_ended",
        "a_subscription_needs_its_user_and_its_tier",
        "a_subscription_is_never_somebody_elses",
        "a_tier_stays_while_a_subscription_names_it",
        "nobody_changes_what_somebody_else_is_changing",
        "of_those_who_store_one_together_that_was_not_there_each_sees_what_the_others_did",
        "what_was_held_in_vain_is_free_for_the_next",
        "those_that_have_not_ended_are_listed_by_their_names_in_pages",
        "those_are_found_that_the_clock_has_ended_in_a_time_the_earliest_first");
    fails(
        Naive.EntitlingSubscriptionsCase.class,
        "a_subscription_without_an_end_goes_on",
        "a_subscription_entitles_its_user_and_nobody_else_until_it_grants_nothing",
        "a_subscription_that_grants_nothing_entitles_to_nothing",
        "what_is_stored_last_of_a_subscription_is_what_it_grants",
        "the_highest_tier_counts_of_all_that_grant_one_whoever_sold_it",
        "who_signs_in_is_entitled_to_what_was_bought",
        "a_change_of_what_is_granted_has_a_number_and_any_other_has_none",
        "what_grants_nothing_and_granted_nothing_has_no_number_whatever_else_changes",
        "the_number_is_of_the_user_alone_and_goes_on_from_grants",
        "a_change_that_is_rolled_back_has_no_number",
        "what_was_bought_is_listed_beside_grants_the_latest_first_also_what_has_ended");
  }

  @Test
  void customers_that_are_whoever_was_named_last() {
    fails(
        Naive.CustomersCase.class,
        "a_customer_is_known_once_it_was_said_who_it_is",
        "a_customer_never_becomes_somebody_else",
        "whom_the_provider_does_not_know_any_more_is_forgotten",
        "of_users_that_race_for_a_customer_one_is_it",
        "each_provider_has_customers_of_its_own",
        "of_several_customers_a_user_is_the_one_that_was_linked_last",
        "a_customer_needs_its_user");
  }

  @Test
  void an_inbox_that_stores_twice_and_believes_everybody() {
    fails(
        Naive.WebhookInboxCase.class,
        "nothing_happens_to_what_is_not_there",
        "a_delivery_is_found_as_it_came",
        "what_comes_again_is_counted_and_stays_as_it_was_first",
        "a_key_is_its_providers",
        "of_fifty_with_the_same_key_that_are_stored_together_one_is_new",
        "who_waits_for_one_that_is_rolled_back_is_new",
        "a_delivery_is_given_out_when_it_is_due_with_all_that_came",
        "what_was_given_out_is_given_to_nobody_else_until_its_lease_has_passed",
        "those_that_were_due_first_are_given_out_first_and_no_more_than_are_wanted",
        "of_those_who_take_deliveries_together_each_is_given_others",
        "what_is_parked_is_given_out_too_when_its_time_has_come",
        "a_delivery_is_done_once",
        "of_those_who_say_together_that_it_is_done_one_is_right",
        "the_word_that_it_is_done_is_undone_with_all_else",
        "what_could_not_be_applied_is_due_then_and_counts_as_tried",
        "what_waits_is_parked_and_counts_as_tried",
        "what_is_given_up_says_why_and_when",
        "who_comes_late_changes_nothing_of_what_is_done_or_given_up");
    fails(
        Naive.WebhookWaitingCase.class,
        "what_was_deleted_and_comes_again_is_new",
        "what_waits_for_something_is_due_when_that_is_released_and_nothing_else_is",
        "it_is_known_what_is_awaited",
        "what_is_done_or_given_up_waits_no_more",
        "what_is_parked_dead_or_done_is_due_again_as_if_it_had_never_been_tried",
        "what_is_due_already_stays_with_whoever_has_it",
        "deliveries_are_listed_in_pages_without_bodies_the_latest_received_first",
        "a_page_has_only_what_is_asked_for",
        "all_that_is_not_done_is_counted",
        "the_one_that_has_waited_longest_is_known_by_when_it_came",
        "what_was_done_or_given_up_before_is_deleted_and_nothing_else_is",
        "deleting_goes_on_where_it_stopped",
        "with_an_account_goes_what_its_customers_were_about_and_nothing_else");
  }

  @Test
  void books_that_hold_a_thing_twice() {
    fails(
        Naive.BillingLedgerCase.class,
        "a_row_of_every_kind_is_listed_as_it_was_added",
        "a_row_is_added_once_whatever_else_it_says",
        "rows_differ_by_provider_kind_and_reference",
        "of_those_who_add_a_row_together_one_did",
        "a_user_has_rows_of_their_own_the_latest_first",
        "a_row_may_be_of_nobody_but_not_of_somebody_who_is_not_there",
        "a_row_stays_without_its_name_when_the_account_is_erased",
        "a_row_of_a_transaction_that_failed_was_never_added");
  }

  @Test
  void changes_and_endings_that_everybody_is_given() {
    fails(
        Naive.TierChangesCase.class,
        "a_change_that_was_removed_is_not_given_out_again",
        "a_change_is_given_out_once_it_is_due",
        "a_change_that_was_given_out_is_given_to_nobody_else_until_its_lease_has_passed",
        "no_more_are_given_out_than_are_wanted",
        "of_those_who_take_changes_together_each_is_given_others",
        "a_later_version_takes_the_place_of_an_earlier_one_and_is_due_when_it_says",
        "an_earlier_version_changes_nothing",
        "a_later_version_is_not_removed_with_an_earlier_one",
        "a_change_needs_its_user_and_goes_with_it",
        "a_change_of_a_transaction_that_failed_was_never_added");
    fails(
        Naive.EndingsCase.class,
        "one_is_due_at_once_and_given_out_as_it_was",
        "what_is_there_already_stays_as_it_is",
        "what_was_given_out_is_given_to_nobody_else_until_its_lease_has_passed",
        "the_longest_due_is_given_out_first_and_no_more_than_are_wanted",
        "of_those_who_take_together_each_is_given_others",
        "what_could_not_be_ended_is_due_then");
  }

  @Test
  void jobs_without_a_fence() {
    fails(
        Naive.JobsCase.class,
        "the_worker_in_charge_can_write",
        "of_workers_that_claim_a_pending_job_together_one_gets_it",
        "of_workers_that_claim_a_dead_workers_job_together_one_gets_it",
        "a_worker_that_was_taken_for_dead_can_write_nothing",
        "nobody_can_write_with_an_attempt_that_has_not_come",
        "nobody_can_write_to_a_job_that_does_not_run",
        "of_two_who_would_end_a_job_one_does",
        "a_sign_of_life_keeps_a_job_at_its_worker",
        "tasks_that_have_begun_are_noted_for_many_jobs_at_once",
        "a_final_state_never_changes",
        "a_job_is_shown_to_its_owner_only",
        "what_is_read_of_a_job_under_its_lock_stays_true_until_the_end",
        "all_jobs_of_an_owner_become_anothers_in_whatever_state_they_are");
  }

  @Test
  void a_library_that_looks_at_nothing() {
    fails(
        Naive.JobLibraryCase.class,
        "a_revision_is_found_as_it_was_added_and_has_one_task",
        "a_job_is_called_what_its_owner_wants_in_every_state",
        "nobody_names_the_jobs_of_others",
        "jobs_are_found_by_all_words_of_title_and_topic_in_any_order_and_case",
        "a_page_may_show_jobs_of_one_format_only_and_goes_on_from_there",
        "what_is_revised_must_be_there",
        "revisions_are_listed_with_all_jobs_or_not_at_all_or_alone",
        "a_revision_is_under_way_until_its_result_is_there_or_it_is_over",
        "under_the_lock_of_the_job_one_revision_gets_under_way",
        "a_job_is_deleted_with_its_revisions_but_not_while_one_is_not_over",
        "a_job_is_not_deleted_while_its_lock_is_held_to_revise_it",
        "old_jobs_go_with_their_revisions_but_not_while_one_is_not_over",
        "an_old_job_is_not_purged_while_its_lock_is_held_to_revise_it");
  }

  @Test
  void logs_without_a_fence() {
    fails(
        Naive.JobEventsCase.class,
        "text_is_read_as_it_was_written",
        "what_is_for_a_job_that_does_not_run_in_that_attempt_is_left_out",
        "a_worker_that_was_taken_for_dead_appends_nothing",
        "once_a_job_is_taken_over_nothing_of_its_former_worker_gets_in",
        "a_run_that_covers_both_sides_is_returned_whole",
        "what_would_leave_a_gap_is_left_out",
        "an_append_may_be_repeated_where_its_answer_was_lost",
        "several_logs_are_read_each_as_it_would_be_alone",
        "folding_leaves_jobs_that_run_or_ended_only_now");
  }

  @Test
  void pieces_that_are_lost() {
    fails(
        Naive.ArtifactsCase.class,
        "a_piece_that_is_not_there_is_not_found",
        "pieces_are_found_as_they_were_added",
        "the_newest_version_counts",
        "a_version_is_added_once",
        "every_version_is_found_as_it_was_added",
        "versions_are_listed_the_newest_first_without_their_texts",
        "the_history_of_a_job_has_all_versions_of_all_formats_in_their_order",
        "too_many_versions_give_way_the_oldest_first_but_never_the_first_of_all");
  }

  @Test
  void a_ledger_that_counts_and_then_writes() {
    fails(
        Naive.UsageLedgerCase.class,
        "the_allowance_covers_what_is_used_and_what_is_reserved",
        "two_hundred_reservations_that_race_never_pass_the_limit_by_one",
        "reservations_of_several_formats_that_race_take_all_or_nothing",
        "of_those_who_settle_or_release_together_one_does",
        "a_reservation_is_settled_or_released_once",
        "what_is_reserved_for_jobs_that_wait_or_run_stays",
        "giving_back_goes_on_where_it_stopped",
        "the_usage_of_periods_that_ended_is_forgotten_and_of_others_is_not",
        "what_is_handed_over_may_count_in_a_period_of_the_receivers",
        "what_is_still_reserved_is_not_forgotten",
        "forgetting_usage_goes_on_where_it_stopped",
        "the_usage_of_every_period_is_listed_the_latest_first",
        "what_is_read_under_the_lock_of_a_user_stays_true_until_the_end",
        "what_is_handed_over_is_anothers_and_added_up_where_both_have_had_something");
  }

  @Test
  void old_jobs_that_are_deleted_by_their_tier_alone() {
    fails(
        Naive.JobPurgeCase.class,
        "deleting_goes_on_where_it_stopped",
        "jobs_of_the_tier_that_ended_before_are_deleted_with_all_that_belongs_to_them",
        "jobs_that_ended_later_or_not_at_all_or_were_submitted_on_another_tier_stay",
        "jobs_of_who_is_entitled_to_a_higher_tier_now_stay",
        "jobs_that_stay_do_not_keep_others_from_being_deleted",
        "jobs_that_were_kept_count_as_of_the_tier_that_kept_them",
        "several_that_delete_together_delete_each_job_once");
  }

  /** Some of the contract only: the rest would wait for what never comes. */
  @Test
  void chores_that_are_done_whenever_there_is_time() {
    for (String wrong :
        new String[] {
          "a_chore_is_done_again_after_its_period_and_not_before",
          "the_period_begins_when_the_chore_has_ended_and_it_is_not_done_twice_at_a_time",
          "a_chore_that_throws_is_done_again_after_its_period",
          "chores_are_named_before_the_start",
          "a_name_is_taken_once",
          "stopping_waits_for_chores_under_way"
        }) {
      assertThat(run(selectMethod(Naive.ChoresCase.class, wrong)).failed).containsExactly(wrong);
    }
    String right = "a_chore_may_use_the_stores";
    assertThat(run(selectMethod(Naive.ChoresCase.class, right)).passed).containsExactly(right);
  }

  @Test
  void keys_that_are_looked_up_and_then_taken() {
    fails(
        Naive.IdempotencyKeysCase.class,
        "the_first_job_gets_the_key_and_later_ones_get_to_know_whose_it_is",
        "of_jobs_that_race_for_a_key_one_gets_it_and_all_others_get_to_know_it",
        "those_who_wait_for_a_transaction_that_fails_get_the_key",
        "a_key_belongs_to_its_user",
        "a_key_that_has_expired_is_free_again",
        "keys_are_handed_over_and_the_others_own_stay");
  }

  @Test
  void a_limiter_that_begins_anew_each_minute() {
    fails(
        Naive.RateLimiterCase.class,
        "as_many_are_let_through_as_the_rate_allows",
        "of_requests_that_arrive_together_not_one_too_many_is_let_through",
        "requests_come_back_evenly_over_the_minute",
        "rates_may_be_for_other_times_than_a_minute",
        "there_is_never_more_left_than_the_whole_rate",
        "who_waits_as_long_as_told_is_let_through");
  }

  @Test
  void a_cache_that_never_forgets() {
    fails(
        Naive.ContentCacheCase.class,
        "what_was_put_in_is_found_as_it_was",
        "things_are_kept_for_their_time_and_no_longer",
        "the_lead_is_free_when_its_lease_has_ended",
        "the_lead_is_given_up_by_its_leader_only",
        "of_jobs_that_want_the_lead_together_one_gets_it");
  }

  /** Some of the contract only: the rest would wait for calls that never come. */
  @Test
  void a_queue_that_knows_only_first_come_first_served() {
    for (String wrong :
        new String[] {
          "a_job_is_not_handled_before_it_is_due",
          "a_job_that_is_put_off_is_handled_when_it_is_due_then",
          "a_job_with_less_handicap_goes_first",
          "an_entry_that_is_there_stays_as_it_is",
          "adding_a_job_from_several_sides_makes_one_entry",
          "what_is_rolled_back_was_never_queued",
          "a_dispatcher_begins_once",
          "stopping_waits_for_calls_under_way"
        }) {
      assertThat(run(selectMethod(Naive.JobQueueCase.class, wrong)).failed).containsExactly(wrong);
    }
    for (String wrong :
        new String[] {
          "a_job_with_a_handicap_goes_as_if_it_had_been_added_later",
          "a_job_with_a_head_start_goes_as_if_it_had_been_added_earlier",
          "everybodys_first_job_goes_before_anybodys_second",
          "whatever_its_handicap_the_time_comes_when_new_jobs_go_behind_a_job",
          "what_is_not_due_holds_nothing_up"
        }) {
      assertThat(run(selectMethod(Naive.JobOrderCase.class, wrong)).failed).containsExactly(wrong);
    }
    String right = "every_queued_job_is_handled";
    assertThat(run(selectMethod(Naive.JobQueueCase.class, right)).passed).containsExactly(right);
  }
}
