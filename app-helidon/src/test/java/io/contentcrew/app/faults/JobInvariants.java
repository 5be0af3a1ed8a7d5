package io.contentcrew.app.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.contentcrew.app.faults.History.Call;
import io.contentcrew.app.faults.History.Kind;
import io.contentcrew.app.faults.History.Seen;
import io.contentcrew.app.faults.History.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What must hold of jobs. */
final class JobInvariants {
  private final History history;
  private final State state;
  private final Map<String, State.Job> jobs;

  JobInvariants(History history, State state) {
    this.history = history;
    this.state = state;
    this.jobs = state.jobs().stream().collect(toMap(State.Job::id, Function.identity()));
  }

  /** I1. */
  List<String> everyAcknowledgedSubmitExistsOnce() {
    List<String> wrong = new ArrayList<>();
    history
        .calls(Kind.SUBMIT)
        .filter(call -> call.status() == 201)
        .forEach(
            call -> {
              State.Job job = jobs.get(call.job());
              if (job == null) {
                wrong.add(
                    "I1 job %s was acknowledged and is gone: %s"
                        .formatted(call.job(), call.told()));
              } else if (!job.owner().equals(call.user())) {
                wrong.add(
                    "I1 %s belongs to %s: %s".formatted(job.told(), job.owner(), call.told()));
              }
            });
    history
        .calls(Kind.SHOW)
        .filter(call -> call.status() == 404 && jobs.containsKey(call.subject()))
        .forEach(call -> wrong.add("I1 the job was not found for a while: " + call.told()));
    return wrong;
  }

  /** I2, for a state that was read when the bound for all jobs had passed. */
  List<String> everyJobHasEnded() {
    return state.jobs().stream()
        .filter(State.Job::isOpen)
        .map(job -> "I2 %s has not ended within the bound".formatted(job.told()))
        .toList();
  }

  // ---- I4

  /** That somebody was told a status, some time between the two. */
  private record Observed(Duration begun, Duration ended, String status, String told) {
    boolean isFinal() {
      return !State.OPEN.contains(status);
    }
  }

  /** I4. */
  List<String> finalStatesNeverChange() {
    List<String> wrong = new ArrayList<>();
    observations()
        .forEach(
            (job, observed) -> {
              State.Job now = jobs.get(job);
              String stored = now == null ? "gone" : now.status();
              wrong.addAll(finalStatesNeverChange(job, observed, stored));
            });
    return wrong;
  }

  private static List<String> finalStatesNeverChange(
      String job, List<Observed> observed, String stored) {
    List<String> wrong = new ArrayList<>();
    Observed first = null;
    for (Observed one : observed) {
      if (one.isFinal() && !one.status.equals(stored)) {
        wrong.add("I4 job %s is %s now, but: %s".formatted(job, stored, one.told));
      }
      if (one.isFinal() && (first == null || one.ended.compareTo(first.ended) < 0)) {
        first = one;
      }
    }
    for (Observed one : observed) {
      if (first != null && !one.isFinal() && one.begun.compareTo(first.ended) > 0) {
        wrong.add(
            "I4 job %s was %s again: %s, after %s"
                .formatted(job, one.status, one.told, first.told));
      }
    }
    return wrong;
  }

  private Map<String, List<Observed>> observations() {
    Map<String, List<Observed>> byJob = new TreeMap<>();
    for (Call call : history.calls()) {
      if (call.succeeded() && call.body().hasNonNull("status") && !call.job().isEmpty()) {
        String status = call.body().get("status").asText();
        byJob
            .computeIfAbsent(call.job(), any -> new ArrayList<>())
            .add(new Observed(call.begun(), call.ended(), status, call.told() + " " + status));
      }
    }
    for (View view : history.views()) {
      for (Seen seen : view.seen()) {
        if (Watcher.LAST.contains(seen.type())) {
          String status = seen.data().path("status").asText();
          byJob
              .computeIfAbsent(view.job(), any -> new ArrayList<>())
              .add(new Observed(seen.at(), seen.at(), status, seen.told() + " " + status));
        }
      }
    }
    byJob.values().forEach(all -> all.sort(Comparator.comparing(Observed::begun)));
    return byJob;
  }

  // ---- I6

  private record UserAndKey(String user, String key) {}

  /** I6. */
  List<String> eachKeyIsOneJob() {
    List<String> wrong = new ArrayList<>();
    Map<UserAndKey, String> stored = new HashMap<>();
    state.keys().forEach(key -> stored.put(new UserAndKey(key.user(), key.key()), key.job()));
    history
        .calls(Kind.SUBMIT)
        .filter(call -> call.status() == 201)
        .forEach(
            call -> {
              String job = stored.get(new UserAndKey(call.user(), call.subject()));
              if (!call.job().equals(job)) {
                wrong.add(
                    "I6 the key stands for job %s, the answer was %s: %s"
                        .formatted(job, call.job(), call.told()));
              }
            });
    state.jobs().stream() // every key of a user has a topic of its own
        .collect(groupingBy(job -> job.owner() + " " + job.topic(), counting()))
        .forEach(
            (brief, count) -> {
              if (count > 1) {
                wrong.add("I6 %d jobs came of one key: user and topic %s".formatted(count, brief));
              }
            });
    return wrong;
  }

  // ---- I8

  /** I8. */
  List<String> noStaleAttemptWroteAnArtifact() {
    List<String> wrong = new ArrayList<>();
    for (State.Job job : state.jobs()) {
      List<State.Entry> log = state.logOf(job.id());
      for (Map.Entry<String, String> result : job.results().entrySet()) {
        String format = result.getKey();
        long stored =
            state.artifactsOf(job.id()).stream().filter(a -> a.format().equals(format)).count();
        long told = log.stream().filter(entry -> tellsOf(entry, format)).count();
        long expected = result.getValue().equals("ready") ? 1 : 0;
        if (stored != expected || told != expected) {
          wrong.add(
              "I8 the %s of %s is %s: %d artifacts are stored and %d were announced"
                  .formatted(format, job.told(), result.getValue(), stored, told));
        }
      }
    }
    return wrong;
  }

  /** I8 too: what one attempt announced is not what another one stored. */
  List<String> everyReaderWasShownTheStoredArtifact() {
    List<String> wrong = new ArrayList<>();
    for (View view : history.views()) {
      List<State.Artifact> stored = state.artifactsOf(view.job());
      view.seen().stream()
          .filter(seen -> seen.type().equals("artifact_ready"))
          .filter(seen -> stored.stream().noneMatch(artifact -> shows(seen, artifact)))
          .forEach(
              seen ->
                  wrong.add(
                      "I8 %s of job %s was shown a %s that is not the stored one: %s"
                          .formatted(
                              view.reader(),
                              view.job(),
                              seen.data().path("format").asText(),
                              seen.told())));
    }
    return wrong;
  }

  private static boolean shows(Seen seen, State.Artifact stored) {
    return seen.data().path("format").asText().equals(stored.format())
        && seen.data().path("version").asInt() == stored.version()
        && seen.data().path("artifact").equals(stored.body());
  }

  private static boolean tellsOf(State.Entry entry, String format) {
    return entry.kind().equals("artifact_ready")
        && entry.payload().path("format").asText().equals(format);
  }
}
