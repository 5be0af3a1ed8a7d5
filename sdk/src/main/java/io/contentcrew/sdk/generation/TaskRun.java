package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.ArtifactChecks;
import io.contentcrew.domain.generation.ArtifactMarkdown;
import io.contentcrew.domain.generation.ArtifactRepair;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Finding.Severity;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.generation.ModelFailureException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.sdk.generation.StopSignal.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One task of a running job: asks the model, shows what it writes, checks it, and asks once more
 * when it will not do. For one thread.
 */
final class TaskRun {
  private final Job job;
  private final Task task;
  private final Prompts prompts;
  private final TextGenerator generator;
  private final Feed feed;
  private final StopSignal stop;
  private final CrewObserver observer;
  private final Semaphore judging;
  private TokenUsage tokens = TokenUsage.NONE;
  private @Nullable Instant startedAt;
  private @Nullable String promptVersion;

  TaskRun(
      Job job,
      Task task,
      TextGenerator generator,
      Feed feed,
      StopSignal stop,
      CrewObserver observer,
      Semaphore judging) {
    this.job = job;
    this.task = task;
    this.prompts = new Prompts(job);
    this.generator = generator;
    this.feed = feed;
    this.stop = stop;
    this.observer = observer;
    this.judging = judging;
  }

  /** Where a task says what it does. */
  interface Feed {
    /** The task begins, with a prompt of that version. Returns when that was. */
    Instant started(Task task, String promptVersion);

    /** The next piece of the text that is shown. */
    void text(Task task, String piece);

    /** What was shown does not count. */
    void restarted(Task task);

    /** The task waits for the model. */
    void queued(Task task, int ahead);
  }

  /** What the task has to work on. */
  record Material(
      String notes, String draft, Optional<BlogPost> article, Optional<Revised> revised) {}

  /** The piece that is to be written anew, and how. */
  record Revised(Revision revision, Artifact piece) {}

  /** What came of it. */
  record Result(Optional<Artifact> artifact, List<Finding> notes) {}

  /** It came to nothing. */
  static final class TaskFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    TaskFailed(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  /** An answer, read and checked. */
  private record Judged(Optional<Artifact> artifact, List<Finding> findings) {
    boolean usable() {
      return findings.stream().noneMatch(finding -> finding.severity() == Severity.FATAL);
    }
  }

  /** A whole answer, as the model gave it. */
  private record Answer(String text, Finish finish, List<Finding> findings) {}

  Task task() {
    return task;
  }

  /** The tokens spent so far, also when the task fails. */
  TokenUsage tokens() {
    return tokens;
  }

  /** When the task began; empty if it has not. */
  Optional<Instant> startedAt() {
    return Optional.ofNullable(startedAt);
  }

  /** The version of the prompt it began with; empty if it has not. */
  Optional<String> promptVersion() {
    return Optional.ofNullable(promptVersion);
  }

  Result run(Material material) throws TaskFailed, Stopped {
    Prompt question = question(material);
    promptVersion = question.version();
    startedAt = feed.started(task, question.version());
    Prompt prompt = question;
    for (int round = 1; ; round++) {
      Answer answer = ask(prompt);
      Judged judged = inTurn(() -> judge(answer, question, material));
      if (judged.usable()) {
        return new Result(judged.artifact, judged.findings);
      }
      if (round == 2) {
        throw new TaskFailed(new Failure(Failure.Code.OUTPUT_INVALID, unusable(judged.findings)));
      }
      observer.askedAgain(task, judged.findings);
      feed.restarted(task);
      prompt = Prompts.again(question, judged.findings);
    }
  }

  private Prompt question(Material material) {
    if (material.revised.isPresent()) {
      Revised revised = material.revised.get();
      return prompts.revise(revised.revision, revised.piece);
    }
    return switch (task) {
      case RESEARCH -> prompts.research();
      case WRITE -> prompts.write(material.notes);
      case EDIT -> prompts.edit(material.draft);
      case SOCIAL, AUDIO, VIDEO -> prompts.specialist(task, material.notes, material.article);
    };
  }

  // ---- asking

  /** One answer; prose that was cut off for its length is continued once. */
  private Answer ask(Prompt prompt) throws TaskFailed, Stopped {
    Listener listener = new Listener(feed, task);
    Finish finish = call(prompt, listener);
    if (finish == Finish.LENGTH && task.writesProse() && listener.complaint().isEmpty()) {
      finish = call(prompts.rest(prompt, listener.text()), listener);
    }
    return new Answer(
        listener.text(), finish, listener.complaint().map(List::of).orElse(List.of()));
  }

  private Finish call(Prompt prompt, Listener listener) throws TaskFailed, Stopped {
    long begun = System.nanoTime();
    try {
      Completion completion = stop.interruptibly(() -> generator.generate(prompt, listener));
      tokens = tokens.plus(completion.tokens());
      observed(begun, Optional.of(completion), Optional.empty());
      return completion.finish();
    } catch (Listener.Babble e) {
      observed(
          begun, Optional.empty(), Optional.of(new Failure(Failure.Code.OUTPUT_INVALID, "babble")));
      return Finish.STOP;
    } catch (ModelUnavailableException e) {
      throw failed(begun, e.fault(), e.getMessage());
    } catch (ModelFailureException e) {
      if (e.fault() == ModelFault.EMPTY) {
        observed(
            begun,
            Optional.empty(),
            Optional.of(new Failure(Failure.Code.OUTPUT_INVALID, "empty")));
        return Finish.STOP;
      }
      throw failed(begun, e.fault(), e.getMessage());
    } catch (Stopped | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a generator threw what it may not throw", e);
    }
  }

  private TaskFailed failed(long begun, ModelFault fault, String message) {
    Failure failure = new Failure(fault.code(), message);
    observed(begun, Optional.empty(), Optional.of(failure));
    return new TaskFailed(failure);
  }

  private void observed(long begun, Optional<Completion> completion, Optional<Failure> failure) {
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    observer.modelCalled(generator.name(), job.engine().model(), task, took, completion, failure);
  }

  // ---- judging

  /**
   * The checks take a processor for a while: never all of them, or everybody's words stand still.
   */
  private Judged inTurn(Supplier<Judged> judge) {
    judging.acquireUninterruptibly();
    try {
      return judge.get();
    } finally {
      judging.release();
    }
  }

  private Judged judge(Answer answer, Prompt question, Material material) {
    List<Finding> findings = new ArrayList<>(answer.findings);
    if (answer.finish == Finish.FILTERED) {
      findings.add(
          new Finding(
              Severity.FATAL,
              "model.filtered",
              "The model's filter stopped the answer: stay with what is harmless."));
    }
    String sources =
        String.join(
            "\n",
            job.brief().topic(),
            job.brief().brandVoice().orElse(""),
            material.notes,
            material.draft,
            material.revised.map(TaskRun::sources).orElse(""));
    Optional<String> original = original(material);
    var context = new ArtifactChecks.Context(job.brief(), question.system(), sources, original);
    Optional<Artifact> artifact = Optional.empty();
    switch (task) {
      case RESEARCH ->
          findings.addAll(ArtifactChecks.ofProse("The list of notes", answer.text, context));
      case WRITE -> findings.addAll(ArtifactChecks.ofProse("The draft", answer.text, context));
      case EDIT ->
          artifact = checked(ArtifactRepair.article(answer.text, sources), context, findings);
      case SOCIAL, AUDIO, VIDEO -> {
        ModelJson.Read read = ModelJson.read(task, answer.text);
        findings.addAll(read.findings());
        if (read.artifact().isPresent()) {
          artifact = checked(ArtifactRepair.of(read.artifact().get(), sources), context, findings);
        }
      }
    }
    return new Judged(artifact, findings);
  }

  /** A revision may use all that its piece and its reader say. */
  private static String sources(Revised revised) {
    return revised.revision.note().orElse("")
        + "\n"
        + ArtifactMarkdown.of(revised.piece, Language.ENGLISH);
  }

  /** What the answer is compared with; a revision may be as near to its piece, or far, as asked. */
  private Optional<String> original(Material material) {
    if (material.revised.isPresent()) {
      return Optional.empty();
    }
    return switch (task) {
      case EDIT -> Optional.of(material.draft);
      case SOCIAL, AUDIO, VIDEO -> material.article.map(BlogPost::plainText);
      case RESEARCH, WRITE -> Optional.empty();
    };
  }

  private static Optional<Artifact> checked(
      ArtifactRepair.Repaired repaired, ArtifactChecks.Context context, List<Finding> findings) {
    findings.addAll(ArtifactChecks.of(repaired.artifact(), context));
    findings.addAll(repaired.notes());
    return Optional.of(repaired.artifact());
  }

  private static String unusable(List<Finding> findings) {
    return "The model's answer did not pass the checks, nor did its second try: "
        + findings.stream()
            .filter(finding -> finding.severity() == Severity.FATAL)
            .map(Finding::message)
            .distinct()
            .limit(3)
            .collect(Collectors.joining(" "))
        + " Try again, or use a larger model.";
  }
}
