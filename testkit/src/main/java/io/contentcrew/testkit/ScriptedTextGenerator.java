package io.contentcrew.testkit;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text generator that does what a test tells it: which pieces, when, and how it ends. Told
 * nothing, it answers every task of the crew so well that all checks pass. Safe for use by many
 * threads.
 *
 * <pre>{@code
 * var model = new ScriptedTextGenerator();
 * var goOn = new CountDownLatch(1);
 * model.next(Task.WRITE, Script.writing("# Tomatoes").waitingFor(goOn).failing(ModelFault.STALLED));
 * }</pre>
 */
public final class ScriptedTextGenerator implements TextGenerator {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();
  private final Map<Task, Deque<Script>> scripts = new EnumMap<>(Task.class);
  private final List<Prompt> prompts = new CopyOnWriteArrayList<>();
  private final AtomicInteger interruptions = new AtomicInteger();
  private final AtomicInteger active = new AtomicInteger();
  private final EngineName name;
  private final boolean demo;
  private volatile Function<Prompt, Script> otherwise = Script::sample;
  private volatile Function<ModelName, Readiness> readiness = model -> new Readiness.Ready();

  /** A generator named {@code scripted}. */
  public ScriptedTextGenerator() {
    this(new EngineName("scripted"), false);
  }

  /** A generator of that name. */
  public ScriptedTextGenerator(EngineName name, boolean demo) {
    this.name = name;
    this.demo = demo;
  }

  /** Answers the next calls of {@code task} so, one script each. */
  public ScriptedTextGenerator next(Task task, Script... answers) {
    lock.lock();
    try {
      scripts.computeIfAbsent(task, key -> new ArrayDeque<>()).addAll(List.of(answers));
    } finally {
      lock.unlock();
    }
    return this;
  }

  /** Answers all calls so that have no script of their own. */
  public ScriptedTextGenerator otherwise(Function<Prompt, Script> answers) {
    this.otherwise = answers;
    return this;
  }

  /** Says so when it is asked whether it is ready. */
  public ScriptedTextGenerator ready(Function<ModelName, Readiness> answers) {
    this.readiness = answers;
    return this;
  }

  /** The prompts so far, in the order in which they came. */
  public List<Prompt> prompts() {
    return List.copyOf(prompts);
  }

  /** The prompts of that task so far. */
  public List<Prompt> prompts(Task task) {
    return prompts.stream().filter(prompt -> prompt.task() == task).toList();
  }

  /** Waits until there were {@code count} calls of {@code task}, and returns the last of these. */
  public Prompt awaitPrompt(Task task, int count) throws InterruptedException {
    long left = Duration.ofSeconds(30).toNanos();
    lock.lockInterruptibly();
    try {
      while (prompts(task).size() < count) {
        if (left <= 0) {
          throw new AssertionError(
              "waited 30 s for call " + count + " of " + task + "; came: " + prompts);
        }
        left = asked.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
    return prompts(task).get(count - 1);
  }

  /** Calls under way. */
  public int active() {
    return active.get();
  }

  /** Calls that ended because their thread was interrupted. */
  public int interruptions() {
    return interruptions.get();
  }

  @Override
  public EngineName name() {
    return name;
  }

  @Override
  public boolean isDemo() {
    return demo;
  }

  @Override
  public Readiness readiness(ModelName model) {
    return readiness.apply(model);
  }

  @Override
  public Completion generate(Prompt prompt, TextSink sink) throws InterruptedException {
    Script script = take(prompt);
    long start = System.nanoTime();
    active.incrementAndGet();
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Completion.Finish finish = script.play(sink);
      return new Completion(
          prompt.model(),
          finish,
          script.tokens(),
          Completion.Timings.of(Duration.ofNanos(System.nanoTime() - start)));
    } catch (InterruptedException e) {
      interruptions.incrementAndGet();
      throw e;
    } finally {
      active.decrementAndGet();
    }
  }

  private Script take(Prompt prompt) {
    @Nullable Script script;
    lock.lock();
    try {
      prompts.add(prompt);
      asked.signalAll();
      Deque<Script> queue = scripts.get(prompt.task());
      script = queue == null ? null : queue.poll();
    } finally {
      lock.unlock();
    }
    return script != null ? script : otherwise.apply(prompt);
  }
}
