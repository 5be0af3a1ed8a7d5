package io.contentcrew.app.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that must hold after whatever happened, once everything is whole again. */
final class Checker {
  private Checker() {}

  /**
   * Everything that is wrong; each line begins with the name of the invariant. The state must have
   * been read when everything was whole again and the time for all jobs to end, and for all
   * deliveries to be applied, had passed.
   */
  static List<String> check(History history, State state, Map<String, Integer> limits) {
    JobInvariants jobs = new JobInvariants(history, state);
    LedgerInvariants ledger = new LedgerInvariants(history, state, limits);
    StreamInvariants streams = new StreamInvariants(history, state);
    WebhookInvariants webhooks = new WebhookInvariants(history, state);
    AnswerInvariants answers = new AnswerInvariants(history);
    List<String> wrong = new ArrayList<>();
    wrong.addAll(jobs.everyAcknowledgedSubmitExistsOnce());
    wrong.addAll(jobs.everyJobHasEnded());
    wrong.addAll(ledger.theLedgerEqualsTheJobs());
    wrong.addAll(ledger.noLimitIsPassed());
    wrong.addAll(jobs.finalStatesNeverChange());
    wrong.addAll(streams.logsHaveNoGapAndOneEnd());
    wrong.addAll(streams.everyViewIsConsistent());
    wrong.addAll(jobs.eachKeyIsOneJob());
    wrong.addAll(answers.failuresAreToldProperly());
    wrong.addAll(answers.everyAnswerComesInTime());
    wrong.addAll(answers.everythingIsAnsweredOnceAllIsWhole());
    wrong.addAll(jobs.noStaleAttemptWroteAnArtifact());
    wrong.addAll(jobs.everyReaderWasShownTheStoredArtifact());
    wrong.addAll(webhooks.everyDeliveryIsTakenAndAppliedOnce());
    wrong.addAll(webhooks.nothingIsTakenThatWasNotTold());
    wrong.addAll(webhooks.nothingGenuineIsRefused());
    wrong.addAll(webhooks.everySubscriptionIsAsItWasTold());
    wrong.addAll(webhooks.everythingIsInTheBooksOnce());
    wrong.addAll(webhooks.everybodyHasWhatTheyBought());
    wrong.addAll(answers.noSessionIsAcceptedAfterItsEnd());
    return wrong;
  }

  /** What the logs in that folder tell that they may not. */
  static List<String> checkLogs(Path folder, Map<String, String> secrets) {
    return LogInvariants.noSecretIsInALog(folder, secrets);
  }
}
