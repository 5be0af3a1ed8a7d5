package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Shows that the contracts of what instances share find out what looks right at first sight. */
class SharingContractsBiteTest {
  private final Set<String> failed = new TreeSet<>();
  private final Set<String> passed = new TreeSet<>();

  private final class Outcome implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      boolean right = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
      test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(source -> ((MethodSource) source).getMethodName())
          .ifPresent(name -> (right ? passed : failed).add(name));
    }
  }

  /** What is right all the same passes, so the failures are not just those of a fake. */
  private void run(Class<?> contract) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build(),
            new Outcome());
  }

  @Test
  void a_tier_cache_that_forgets_what_it_has_forgotten() {
    run(NaiveSharing.TiersCase.class);
    assertThat(failed)
        .containsExactlyInAnyOrder(
            "things_are_kept_for_their_time_and_no_longer",
            "nobody_puts_back_what_was_true_before_a_change",
            "a_change_counts_also_where_nothing_was_known_before_it",
            "changes_may_be_made_known_in_any_order",
            "of_versions_that_are_put_in_together_the_last_one_stays",
            "nobody_finds_what_was_true_before_a_change_however_many_put_it_back");
    assertThat(passed).contains("what_was_put_in_is_found_as_it_was");
  }

  @Test
  void a_tier_cache_that_compares_versions_as_texts() {
    run(NaiveSharing.TextsCase.class);
    assertThat(failed)
        .contains(
            "an_earlier_version_does_not_replace_a_later_one",
            "what_was_true_before_a_change_is_forgotten");
    assertThat(passed).contains("what_was_never_put_in_is_not_known");
  }

  @Test
  void signals_that_stay_where_they_are() {
    run(NaiveSharing.LocalCase.class);
    assertThat(failed)
        .contains("signals_reach_all_who_listen", "signals_of_many_senders_all_arrive");
  }

  @Test
  void signals_that_the_sender_delivers_himself() {
    run(NaiveSharing.SignalsCase.class);
    assertThat(failed)
        .contains(
            "signals_that_one_call_sends_arrive_in_their_order",
            "listeners_are_called_on_a_thread_of_the_adapters",
            "who_listens_twice_may_stop_once");
    assertThat(passed).contains("signals_reach_all_who_listen");
  }

  @Test
  void signals_that_are_thinned_out() {
    run(NaiveSharing.LatestCase.class);
    assertThat(failed)
        .contains(
            "signals_that_one_call_sends_arrive_in_their_order",
            "both_kinds_may_be_signalled_of_one_job",
            "who_has_closed_is_called_no_more");
    assertThat(passed).contains("signals_of_many_senders_all_arrive", "sending_nothing_is_fine");
  }
}
