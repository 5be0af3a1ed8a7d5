package io.contentcrew.adapters.memory;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.Completion.Timings;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;
import java.time.Duration;
import java.util.List;

/**
 * Writes without a model: labelled samples that show what the crew delivers, put together from
 * phrases and from the words of the topic. They are of use as an outline, claim no facts, and name
 * no figures and no addresses.
 *
 * <p>The text depends on the task, on the brief and on the seed of the {@linkplain
 * io.contentcrew.domain.generation.Sampling sampling}, and on nothing else; the words of the prompt
 * are not read. It is in English, Spanish, French or German; for a brief in any other language it
 * is in English, which the check of the language will then remark upon.
 *
 * <p>Safe for use by many threads.
 */
public final class OfflineWriter implements TextGenerator {
  /** About as fast as a good model, and not too fast to be read. */
  private static final double HUMAN_PACE = 80;

  private static final EngineName NAME = new EngineName("offline");
  private static final ModelName MODEL = new ModelName("offline-sample");

  private final OfflineWriterPace pace;

  private OfflineWriter(OfflineWriterPace pace) {
    this.pace = pace;
  }

  /** A writer that is pleasant to watch: it writes {@code 80} words a second. */
  public static OfflineWriter create() {
    return at(HUMAN_PACE);
  }

  /**
   * A writer at a pace of one's own.
   *
   * @param tokensPerSecond words a second; 0 and infinity mean that it does not pause at all
   */
  public static OfflineWriter at(double tokensPerSecond) {
    return new OfflineWriter(OfflineWriterPace.of(tokensPerSecond));
  }

  @Override
  public EngineName name() {
    return NAME;
  }

  @Override
  public boolean isDemo() {
    return true;
  }

  @Override
  public ModelName modelFor(ModelName asked) {
    return MODEL;
  }

  @Override
  public Readiness readiness(ModelName model) {
    return new Readiness.Ready();
  }

  @Override
  public Completion generate(Prompt prompt, TextSink sink) throws InterruptedException {
    long begin = System.nanoTime();
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a word was written");
    }
    List<String> pieces = OfflineWriterPace.pieces(OfflineWriterTexts.of(prompt).write());
    int written = Math.min(pieces.size(), prompt.maxTokens());
    pace.play(pieces.subList(0, written), sink);
    return new Completion(
        MODEL,
        written < pieces.size() ? Finish.LENGTH : Finish.STOP,
        new TokenUsage(0, written),
        Timings.of(Duration.ofNanos(System.nanoTime() - begin)));
  }
}
