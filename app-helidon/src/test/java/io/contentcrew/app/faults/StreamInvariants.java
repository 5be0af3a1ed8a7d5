package io.contentcrew.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.faults.History.Seen;
import io.contentcrew.app.faults.History.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** I5: what must hold of the logs of jobs, and of what readers saw of them. */
final class StreamInvariants {
  /** What a worker that is lost may have shown and not stored. All else is shown when it is. */
  private static final Set<String> SHOWN_BEFORE_STORED =
      Set.of("job_started", "task_started", "text_delta", "task_restarted", "progress");

  /** What is stored when it is shown, but may go with a store that ends before its disk has it. */
  private static final Set<String> SHOWN_BEFORE_DURABLE =
      Stream.concat(SHOWN_BEFORE_STORED.stream(), Stream.of("task_completed", "artifact_failed"))
          .collect(Collectors.toUnmodifiableSet());

  private final History history;
  private final State state;

  StreamInvariants(History history, State state) {
    this.history = history;
    this.state = state;
  }

  /** The numbers are 1 to n, and the end of a job that is over is told once, at the end. */
  List<String> logsHaveNoGapAndOneEnd() {
    List<String> wrong = new ArrayList<>();
    Map<String, List<State.Entry>> logs =
        state.log().stream().collect(Collectors.groupingBy(State.Entry::job));
    for (State.Job job : state.jobs()) {
      List<State.Entry> log = logs.getOrDefault(job.id(), List.of());
      long before = 0;
      for (State.Entry entry : log) {
        if (entry.first() <= before || entry.first() > before + 1 && !job.folded()) {
          wrong.add(
              "I5 the log of %s goes from %d to %d (%s)"
                  .formatted(job.told(), before, entry.first(), entry.kind()));
        }
        before = entry.last();
      }
      List<Long> ends = log.stream().filter(State.Entry::isLast).map(State.Entry::last).toList();
      if (!ends.equals(job.isOpen() ? List.of() : List.of(before))) {
        wrong.add(
            "I5 the log of %s has %d events and tells of its end at %s"
                .formatted(job.told(), before, ends));
      }
    }
    return wrong;
  }

  /** Each view by itself, and against what the database holds. */
  List<String> everyViewIsConsistent() {
    Map<String, State.Job> jobs = new HashMap<>();
    state.jobs().forEach(job -> jobs.put(job.id(), job));
    Map<String, Page> firstOfJob = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (View view : history.views()) {
      Page page = new Page(view);
      wrong.addAll(check(view, page, jobs.get(view.job())));
      if (page.isOver() && !isFolded(jobs.get(view.job()))) {
        Page first = firstOfJob.putIfAbsent(view.job(), page);
        if (first != null && !first.texts().equals(page.texts())) {
          wrong.add(about(view, page.shapes() + ", but another reader has " + first.shapes()));
        }
      }
    }
    return wrong;
  }

  /** What is folded away is shown as far as no artifact tells it. */
  private static boolean isFolded(State.Job job) {
    return job != null && job.folded();
  }

  private List<String> check(View view, Page page, State.Job job) {
    if (job == null) {
      return List.of(about(view, "the job is not there"));
    }
    List<String> wrong = new ArrayList<>(page.wrong());
    if (!job.isOpen() && !page.isOver()) {
      wrong.add(about(view, "its end was never seen: " + page.last()));
    }
    if (page.isOver() && !job.folded()) {
      wrong.addAll(againstTasks(view, page));
    }
    wrong.addAll(againstLog(view, job));
    return wrong;
  }

  static String about(View view, String what) {
    return "I5 %s of job %s: %s".formatted(view.reader(), view.job(), what);
  }

  /** At the end, a reader has the text of each task that was kept. */
  private List<String> againstTasks(View view, Page page) {
    return state.tasksOf(view.job()).stream()
        .filter(task -> task.state().equals("done"))
        .filter(task -> !page.cached()) // what was taken from elsewhere was never written here
        .filter(task -> !Objects.equals(page.text(task.task()), task.output()))
        .map(
            task ->
                about(
                    view,
                    "%s reads %s, stored is %s"
                        .formatted(
                            task.task(), shape(page.text(task.task())), shape(task.output()))))
        .toList();
  }

  private static String shape(String text) {
    return "%d characters (hash %x)".formatted(text.length(), text.hashCode());
  }

  /** Each event that counts is stored under its number, or its number was set aside. */
  private List<String> againstLog(View view, State.Job job) {
    List<State.Entry> log = state.logOf(view.job());
    Set<String> aside = history.storeWasLost() ? SHOWN_BEFORE_DURABLE : SHOWN_BEFORE_STORED;
    List<String> wrong = new ArrayList<>();
    for (Seen seen : view.seen()) {
      if (!seen.type().equals("text_delta")
          && !seen.type().equals(Watcher.NOTHING_MORE)
          && !(job.folded() && seen.type().equals("snapshot"))
          && log.stream().noneMatch(entry -> tells(entry, seen, aside))) {
        wrong.add(about(view, "the log does not know of " + seen.told()));
      }
    }
    return wrong;
  }

  private static boolean tells(State.Entry entry, Seen seen, Set<String> aside) {
    boolean covers = entry.first() <= seen.id() && seen.id() <= entry.last();
    return covers
        && (kind(seen).equals(entry.kind())
            || entry.kind().equals("snapshot") && aside.contains(seen.type()));
  }

  private static String kind(Seen seen) {
    return switch (seen.type()) {
      case "complete" -> "completed";
      case "error" -> "failed";
      default -> seen.type();
    };
  }

  /** What a page has made of the events it got. */
  private static final class Page {
    private final View view;
    private final Map<String, StringBuilder> texts = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> artifacts = new HashMap<>();
    private boolean over;
    private boolean cached;
    private Seen last;

    Page(View view) {
      this.view = view;
      view.seen().forEach(this::take);
    }

    private void take(Seen seen) {
      if (seen.type().equals(Watcher.NOTHING_MORE)) {
        complain(over, "nothing more to see, before the end was", seen);
        return;
      }
      complain(!over, "something after the end", seen);
      boolean first = last == null;
      long before = first ? 0 : last.id();
      if (seen.type().equals("snapshot") || seen.type().equals("text_delta")) {
        complain(seen.id() > before, "a number again", seen); // pieces may come joined
      } else {
        complain(seen.id() == before + 1, "not the next number", seen);
      }
      last = seen;
      show(seen);
    }

    private void show(Seen seen) {
      JsonNode data = seen.data();
      switch (seen.type()) {
        case "text_delta" -> {
          StringBuilder text =
              texts.computeIfAbsent(data.path("task").asText(), any -> new StringBuilder());
          int length = text.codePointCount(0, text.length());
          complain(data.path("offset").asInt() == length, "it fits not at " + length, seen);
          text.append(data.path("text").asText());
        }
        case "task_restarted" -> texts.remove(data.path("task").asText());
        case "snapshot" -> {
          texts.clear();
          data.path("texts")
              .forEach(
                  text ->
                      texts.put(
                          text.path("task").asText(),
                          new StringBuilder(text.path("text").asText())));
        }
        case "artifact_ready" -> {
          int times = artifacts.merge(data.path("format").asText(), 1, Integer::sum);
          complain(times == 1, "an artifact again", seen);
          cached |= data.path("cached").asBoolean();
        }
        case "complete", "error", "cancelled" -> over = true;
        default -> {}
      }
    }

    private void complain(boolean holds, String what, Seen seen) {
      if (!holds) {
        String before = last == null ? "" : ", after " + last.told();
        wrong.add(about(view, what + ": " + seen.told() + before));
      }
    }

    List<String> wrong() {
      return wrong;
    }

    boolean isOver() {
      return over;
    }

    boolean cached() {
      return cached;
    }

    String last() {
      return last == null ? "it saw nothing" : "the last was " + last.told();
    }

    String text(String task) {
      return texts().getOrDefault(task, "");
    }

    Map<String, String> texts() {
      Map<String, String> all = new TreeMap<>();
      texts.forEach((task, text) -> all.put(task, text.toString()));
      return all;
    }

    String shapes() {
      return texts().entrySet().stream()
          .map(text -> text.getKey() + ": " + shape(text.getValue()))
          .collect(Collectors.joining(", "));
    }
  }
}
