package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.generation.ModelFailureException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link TextGenerator} keeps that asks a model's server. */
public abstract class ModelServerContract extends TextGeneratorContract {
  /** The ways of a server that the contract wants to see. */
  public enum Behaviour {
    /** It writes the pieces and ends; it counts {@link #READ} and {@link #WRITTEN} tokens. */
    WRITES,
    /** It writes the pieces and stops there, for want of room. */
    RUNS_OUT_OF_ROOM,
    /** It writes the pieces, and is silent for as long as the generator is ready to wait. */
    PAUSES,
    /** It never writes a piece; the generator waits a short while only. */
    NEVER_BEGINS,
    /** It writes the pieces, and is silent then; the generator waits a short while only. */
    STALLS,
    /** It writes the pieces, and then the connection is lost. */
    BREAKS_OFF,
    /** It ends properly without any text. */
    SAYS_NOTHING,
    /** Nobody listens at its address. */
    IS_AWAY,
    /** It has too much to do, however often it is asked. */
    IS_BUSY,
    /** It does not have the model. */
    LACKS_THE_MODEL,
    /** It refuses the request as wrong. */
    REFUSES,
    /** It says that it failed, however often it is asked. */
    FAILS,
    /** It answers what is no answer of its protocol. */
    TALKS_NONSENSE
  }

  /** Tokens that a server which writes says it has read. */
  public static final int READ = 31;

  /** Tokens that a server which writes says it has written. */
  public static final int WRITTEN = 17;

  /** A generator for a server that behaves so. */
  protected abstract TextGenerator generator(Behaviour behaviour, String... pieces);

  /**
   * Waits until the connection of the generator that was made last is closed.
   *
   * @return whether it was in time
   */
  protected abstract boolean awaitConnectionClosed(Duration atMost) throws InterruptedException;

  @Override
  protected TextGenerator talkative() {
    return generator(Behaviour.WRITES, "Once", " upon", " a", " time");
  }

  @Override
  protected TextGenerator lingering() {
    return generator(Behaviour.PAUSES, "Once");
  }

  @Override
  protected TextGenerator silent() {
    return generator(Behaviour.PAUSES);
  }

  @Override
  void afterInterrupt() throws InterruptedException {
    assertThat(awaitConnectionClosed(Duration.ofSeconds(5)))
        .as("the connection is closed after an interrupt")
        .isTrue();
  }

  @Test
  void it_passes_the_text_in_order_and_nothing_else() throws Exception {
    StringBuilder text = new StringBuilder();
    generator(
            Behaviour.WRITES,
            "Gr\u00FC\u00DFe",
            ", ",
            "\u05E9\u05DC\u05D5\u05DD",
            " \uD83D\uDE00!\n")
        .generate(prompt(), text::append);
    assertThat(text).hasToString("Gr\u00FC\u00DFe, \u05E9\u05DC\u05D5\u05DD \uD83D\uDE00!\n");
  }

  @Test
  void a_character_that_the_server_cuts_in_two_arrives_whole() throws Exception {
    List<String> pieces = new ArrayList<>();
    generator(Behaviour.WRITES, "well \uD83D", "\uDE00 done").generate(prompt(), pieces::add);
    assertThat(pieces).allSatisfy(TextGeneratorContract::isWhole);
    assertThat(String.join("", pieces)).isEqualTo("well \uD83D\uDE00 done");
  }

  @Test
  void it_tells_the_counts_of_the_server() throws Exception {
    Completion completion = talkative().generate(prompt(), piece -> {});
    assertThat(completion.tokens()).isEqualTo(new TokenUsage(READ, WRITTEN));
  }

  @Test
  void it_tells_when_the_text_was_cut_short() throws Exception {
    Completion completion =
        generator(Behaviour.RUNS_OUT_OF_ROOM, "Once").generate(prompt(), piece -> {});
    assertThat(completion.finish()).isEqualTo(Completion.Finish.LENGTH);
  }

  @Test
  void it_closes_the_connection_when_the_sink_throws() throws Exception {
    IllegalStateException enough = new IllegalStateException("enough");
    Throwable caught =
        catchThrowable(
            () ->
                lingering()
                    .generate(
                        prompt(),
                        piece -> {
                          throw enough;
                        }));
    assertThat(caught).isSameAs(enough);
    assertThat(awaitConnectionClosed(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void what_may_pass_is_unavailable() {
    assertUnavailable(Behaviour.IS_AWAY, ModelFault.UNREACHABLE);
    assertUnavailable(Behaviour.IS_BUSY, ModelFault.BUSY);
    assertUnavailable(Behaviour.NEVER_BEGINS, ModelFault.FIRST_TOKEN_TIMEOUT);
    assertUnavailable(Behaviour.STALLS, ModelFault.STALLED, "Once");
    assertUnavailable(Behaviour.BREAKS_OFF, ModelFault.INCOMPLETE, "Once");
  }

  @Test
  void what_does_not_pass_by_itself_is_a_failure() {
    assertFailure(Behaviour.LACKS_THE_MODEL, ModelFault.MODEL_MISSING);
    assertFailure(Behaviour.REFUSES, ModelFault.REJECTED);
    assertFailure(Behaviour.FAILS, ModelFault.MODEL_ERROR);
    assertFailure(Behaviour.TALKS_NONSENSE, ModelFault.PROTOCOL);
    assertFailure(Behaviour.SAYS_NOTHING, ModelFault.EMPTY);
  }

  private void assertUnavailable(Behaviour behaviour, ModelFault fault, String... pieces) {
    StringBuilder text = new StringBuilder();
    ModelUnavailableException thrown =
        catchThrowableOfType(
            ModelUnavailableException.class,
            () -> generator(behaviour, pieces).generate(prompt(), text::append));
    assertThat(thrown).as("a server that %s", behaviour).isNotNull();
    assertThat(thrown.fault()).isEqualTo(fault);
    assertDiscreet(thrown);
    assertThat(text).as("what came was passed on").hasToString(String.join("", pieces));
  }

  private void assertFailure(Behaviour behaviour, ModelFault fault) {
    ModelFailureException thrown =
        catchThrowableOfType(
            ModelFailureException.class,
            () -> generator(behaviour).generate(prompt(), piece -> {}));
    assertThat(thrown).as("a server that %s", behaviour).isNotNull();
    assertThat(thrown.fault()).isEqualTo(fault);
    assertDiscreet(thrown);
  }

  /** It says something, and nothing of the prompt. */
  private void assertDiscreet(Exception thrown) {
    assertThat(thrown.getMessage())
        .isNotBlank()
        .doesNotContain(prompt().system(), prompt().user(), prompt().brief().topic());
  }

  @Test
  void it_is_not_ready_when_the_server_is_away() {
    assertThat(generator(Behaviour.IS_AWAY).readiness(prompt().model()))
        .isInstanceOf(Readiness.Unavailable.class);
  }

  @Test
  void it_is_not_ready_when_the_server_lacks_the_model() {
    assertThat(generator(Behaviour.LACKS_THE_MODEL).readiness(prompt().model()))
        .isInstanceOf(Readiness.ModelMissing.class);
  }
}
