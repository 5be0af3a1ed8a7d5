package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.Ended;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.ports.generation.JobEvents.Batch;
import io.contentcrew.ports.generation.Jobs.TaskStart;
import io.contentcrew.ports.generation.LogEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log of a job that runs here. Its tasks append; its readers read from memory at once, each by
 * the number of the last event it has, so that a slow reader costs nobody anything; the {@link
 * LogFlusher} takes what the store lacks.
 *
 * <p>A piece of text is a few numbers and its place in the text of its task, no object of its own:
 * a job of some thousand pieces stays small, and the cost of a piece does not depend on how many
 * came before.
 *
 * <p>Two kinds of entries: what is appended with {@link #append} and {@link #text} is seen at once
 * and stored soon; what goes along with a change of the job's state is stored with it in one
 * transaction between {@link #beginCommit} and {@link #endCommit}, and seen after that. Safe for
 * use by many threads.
 */
final class JobLog {
  /**
   * How many numbers readers may be shown before the store has them. After the loss of this process
   * its successor sets as many aside, so that no number ever means two things.
   */
  static final int MAX_AHEAD = 1_000;

  /** A reader that is further behind than this gets the text of a task joined to larger pieces. */
  static final int JOIN_BEHIND = 4_096;

  private static final int MAX_JOINED = 16_384;

  private final JobId id;
  private final int attempt;
  private final long base;
  private final InstantSource clock;
  private final ReentrantLock storing = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final Condition writable = lock.newCondition();

  // entry i has the number base + i + 1
  private int size;
  private int stored;
  private int[] source = new int[64]; // index of the text it belongs to, or ~index of the milestone
  private int[] charStart = new int[64];
  private int[] charLength = new int[64];
  private int[] pointStart = new int[64];
  private long[] millis = new long[64];
  private final List<JobEvent> milestones = new ArrayList<>();
  private final List<TaskText> texts = new ArrayList<>();
  private final Map<Task, TaskText> current = new EnumMap<>(Task.class);
  private final List<TaskStart> unstoredStarts = new ArrayList<>();
  private List<LogEntry> unsure = List.of(); // what a flush that failed may yet have stored
  private int unsureUpTo;
  private boolean committing;
  private boolean dirty;
  private boolean closed;
  private int waiting; // readers: to wake nobody costs as much as to wake somebody

  /** All that a task has written since it last (re)started. */
  private static final class TaskText {
    private final int index;
    private final Task task;
    private final StringBuilder chars = new StringBuilder(256);
    private int points;
    private char held; // the first half of a character whose second half is still to come

    private TaskText(int index, Task task) {
      this.index = index;
      this.task = task;
    }

    /** Adds whole characters; halves that never meet become replacement characters. */
    private void add(String piece) {
      String whole = held == 0 ? piece : held + piece;
      int end = whole.length();
      held = end > 0 && Character.isHighSurrogate(whole.charAt(end - 1)) ? whole.charAt(--end) : 0;
      chars.append(WellFormed.text(whole.substring(0, end)));
    }
  }

  /**
   * A log for one attempt.
   *
   * @param base the highest number that the store has for the job
   */
  JobLog(JobId id, int attempt, long base, InstantSource clock) {
    this.id = id;
    this.attempt = attempt;
    this.base = base;
    this.clock = clock;
  }

  JobId id() {
    return id;
  }

  int attempt() {
    return attempt;
  }

  /** The number before the first one that this log can show. */
  long base() {
    return base;
  }

  // ---- writing

  /**
   * Appends an event that changes nothing but what readers know. Returns whether the log has just
   * become dirty.
   */
  boolean append(JobEvent event) {
    lock.lock();
    try {
      awaitWritable();
      milestone(event, clock.millis());
      return becomesDirty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Appends that a task has begun, anew if it had begun before. Returns whether the log has just
   * become dirty.
   */
  boolean start(Task task, String promptVersion, Instant now) {
    lock.lock();
    try {
      awaitWritable();
      current.put(task, newText(task));
      milestone(new JobEvent.TaskStarted(task), now.toEpochMilli());
      unstoredStarts.add(new TaskStart(id, attempt, task, promptVersion, now));
      return becomesDirty();
    } finally {
      lock.unlock();
    }
  }

  /** Appends that a task begins again; what it has written so far does not count any more. */
  boolean restart(Task task, JobEvent.TaskRestarted.Reason reason) {
    lock.lock();
    try {
      awaitWritable();
      current.put(task, newText(task));
      milestone(new JobEvent.TaskRestarted(task, reason), clock.millis());
      return becomesDirty();
    } finally {
      lock.unlock();
    }
  }

  /** Appends text of a task that has begun. Returns whether the log has just become dirty. */
  boolean text(Task task, String piece) {
    lock.lock();
    try {
      awaitWritable();
      TaskText text = current.get(task);
      if (text == null) {
        throw new IllegalStateException(task + " writes before it has begun");
      }
      int from = text.chars.length();
      text.add(piece);
      int length = text.chars.length() - from;
      if (length == 0) {
        return false;
      }
      int points = text.chars.codePointCount(from, from + length);
      add(text.index, from, length, text.points, clock.millis());
      text.points += points;
      return becomesDirty();
    } finally {
      lock.unlock();
    }
  }

  /** What the task has written since it last (re)started; empty if it has not begun. */
  String textOf(Task task) {
    lock.lock();
    try {
      TaskText text = current.get(task);
      return text == null ? "" : text.chars.toString();
    } finally {
      lock.unlock();
    }
  }

  /** No more will come, and nobody need wait for it. */
  void close() {
    lock.lock();
    try {
      closed = true;
      grown.signalAll();
      writable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits while a commit is under way, and while too much is unstored; an interrupted writer waits
   * no longer for the latter.
   */
  private void awaitWritable() {
    boolean interrupted = false;
    while (committing || (size - stored >= MAX_AHEAD && !closed && !interrupted)) {
      try {
        if (interrupted) {
          writable.awaitUninterruptibly();
        } else {
          writable.await();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt(); // the generator that called sees it when we return
    }
  }

  private TaskText newText(Task task) {
    TaskText text = new TaskText(texts.size(), task);
    texts.add(text);
    return text;
  }

  private void milestone(JobEvent event, long at) {
    milestones.add(event);
    add(~(milestones.size() - 1), 0, 0, 0, at);
  }

  private void add(int entrySource, int chars, int length, int points, long at) {
    if (size == source.length) {
      int capacity = size * 2;
      source = Arrays.copyOf(source, capacity);
      charStart = Arrays.copyOf(charStart, capacity);
      charLength = Arrays.copyOf(charLength, capacity);
      pointStart = Arrays.copyOf(pointStart, capacity);
      millis = Arrays.copyOf(millis, capacity);
    }
    source[size] = entrySource;
    charStart[size] = chars;
    charLength[size] = length;
    pointStart[size] = points;
    millis[size] = at;
    size++;
    if (waiting > 0) {
      grown.signalAll();
    }
  }

  private boolean becomesDirty() {
    boolean was = dirty;
    dirty = true;
    return !was;
  }

  // ---- storing

  /** What is to be stored, up to a point that {@link #endFlush} takes back. */
  record Unstored(Batch batch, List<TaskStart> starts, int upTo, long millis) {}

  /** Begins to store, if nobody is at it: to be ended with {@link #endFlush} by the same thread. */
  @Nullable Unstored tryBeginFlush() {
    if (storing.isHeldByCurrentThread() || !storing.tryLock()) {
      return null;
    }
    lock.lock();
    try {
      dirty = false;
      return unstored(List.of());
    } finally {
      lock.unlock();
    }
  }

  /** Ends storing. */
  void endFlush(Unstored unstored, boolean done) {
    lock.lock();
    try {
      if (done) {
        markStored(unstored);
      } else {
        unsure = unstored.batch.entries();
        unsureUpTo = unstored.upTo;
      }
    } finally {
      lock.unlock();
      storing.unlock();
    }
  }

  /**
   * Begins a commit: the caller stores the batch, which ends with the given events, together with a
   * change of the job, and then calls {@link #endCommit} on the same thread, whatever happened.
   * Until then nobody appends.
   */
  Unstored beginCommit(List<? extends JobEvent> events) {
    storing.lock();
    lock.lock();
    try {
      committing = true;
      return unstored(events);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a commit; if it was done, its events are there for all to see. */
  void endCommit(Unstored unstored, List<? extends JobEvent> events, boolean done) {
    lock.lock();
    try {
      committing = false;
      if (done) {
        events.forEach(event -> milestone(event, unstored.millis));
        markStored(unstored);
      }
      writable.signalAll();
    } finally {
      lock.unlock();
      storing.unlock();
    }
  }

  private void markStored(Unstored unstored) {
    stored = unstored.upTo;
    unsure = List.of();
    unstoredStarts.removeAll(unstored.starts);
    writable.signalAll();
  }

  /**
   * What the store lacks. Entries that it may have already are the same ones again, so that it can
   * tell, and none overlaps another.
   */
  private Unstored unstored(List<? extends JobEvent> more) {
    List<LogEntry> entries = new ArrayList<>(unsure);
    int i = unsure.isEmpty() ? stored : unsureUpTo;
    while (i < size) {
      if (source[i] < 0) {
        entries.add(
            LogEntry.Milestone.of(
                seq(i), Instant.ofEpochMilli(millis[i]), milestones.get(~source[i])));
        i++;
      } else {
        int end = i + 1;
        while (end < size && source[end] == source[i]) {
          end++;
        }
        entries.add(run(i, end));
        i = end;
      }
    }
    long now = clock.millis();
    for (int k = 0; k < more.size(); k++) {
      entries.add(LogEntry.Milestone.of(seq(size + k), Instant.ofEpochMilli(now), more.get(k)));
    }
    return new Unstored(
        new Batch(id, attempt, entries), List.copyOf(unstoredStarts), size + more.size(), now);
  }

  private LogEntry.TextRun run(int from, int to) {
    TaskText text = texts.get(source[from]);
    List<Integer> ends = new ArrayList<>(to - from);
    for (int i = from + 1; i < to; i++) {
      ends.add(pointStart[i] - pointStart[from]);
    }
    String chars = joined(from, to);
    ends.add(chars.codePointCount(0, chars.length()));
    return new LogEntry.TextRun(
        seq(from), Instant.ofEpochMilli(millis[from]), text.task, pointStart[from], chars, ends);
  }

  private String joined(int from, int to) {
    return texts
        .get(source[from])
        .chars
        .substring(charStart[from], charStart[to - 1] + charLength[to - 1]);
  }

  private long seq(int i) {
    return base + i + 1;
  }

  // ---- reading

  /**
   * Waits until there is something after {@code after}, the log is closed, or the time is over.
   *
   * @return whether there is something after {@code after}
   */
  boolean await(long after, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      waiting++;
      try {
        while (base + size <= after && !closed && left > 0) {
          left = grown.awaitNanos(left);
        }
      } finally {
        waiting--;
      }
      return base + size > after;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds the events after {@code after} to {@code out}, at most {@code max} of them.
   *
   * @param after at least {@link #base()}
   * @return whether the last event of the job is among them
   */
  boolean read(long after, int max, List<LoggedEvent> out) {
    lock.lock();
    try {
      int i = (int) Math.min(size, after - base);
      boolean join = size - i > JOIN_BEHIND;
      while (i < size && out.size() < max) {
        if (source[i] < 0) {
          JobEvent event = milestones.get(~source[i]);
          out.add(new LoggedEvent(seq(i), Instant.ofEpochMilli(millis[i]), event));
          if (event instanceof Ended) {
            return true;
          }
          i++;
        } else {
          int end = i + 1;
          while (join
              && end < size
              && source[end] == source[i]
              && charStart[end] - charStart[i] < MAX_JOINED) {
            end++;
          }
          TextDelta delta = new TextDelta(texts.get(source[i]).task, pointStart[i], joined(i, end));
          out.add(new LoggedEvent(seq(end - 1), Instant.ofEpochMilli(millis[i]), delta));
          i = end;
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }
}
