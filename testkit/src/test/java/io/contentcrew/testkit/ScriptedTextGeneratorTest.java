package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.generation.ModelFailureException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ScriptedTextGeneratorTest extends ModelServerContract {
  private ScriptedTextGenerator last = new ScriptedTextGenerator();

  @Override
  protected TextGenerator generator(Behaviour behaviour, String... pieces) {
    Script script = Script.writing(pieces);
    Script scripted =
        switch (behaviour) {
          case WRITES -> script.counting(new TokenUsage(READ, WRITTEN));
          case RUNS_OUT_OF_ROOM -> script.endingWith(Finish.LENGTH);
          case PAUSES -> script.thenSilent();
          case NEVER_BEGINS -> script.thenFailing(ModelFault.FIRST_TOKEN_TIMEOUT);
          case STALLS -> script.thenFailing(ModelFault.STALLED);
          case BREAKS_OFF -> script.thenFailing(ModelFault.INCOMPLETE);
          case SAYS_NOTHING -> Script.failing(ModelFault.EMPTY);
          case IS_AWAY -> Script.failing(ModelFault.UNREACHABLE);
          case IS_BUSY -> Script.failing(ModelFault.BUSY);
          case LACKS_THE_MODEL -> Script.failing(ModelFault.MODEL_MISSING);
          case REFUSES -> Script.failing(ModelFault.REJECTED);
          case FAILS -> Script.failing(ModelFault.MODEL_ERROR);
          case TALKS_NONSENSE -> Script.failing(ModelFault.PROTOCOL);
        };
    Readiness readiness =
        switch (behaviour) {
          case IS_AWAY -> new Readiness.Unavailable("away", Optional.empty());
          case LACKS_THE_MODEL -> new Readiness.ModelMissing("fetch it");
          default -> new Readiness.Ready();
        };
    last = new ScriptedTextGenerator().otherwise(prompt -> scripted).ready(model -> readiness);
    return last;
  }

  @Override
  protected boolean awaitConnectionClosed(Duration atMost) {
    return last.active() == 0;
  }

  @Test
  void scripts_of_a_task_are_played_one_by_one_and_then_the_default() throws Exception {
    ScriptedTextGenerator model = new ScriptedTextGenerator();
    model.next(Task.WRITE, Script.writing("one"), Script.writing("two"));
    assertThat(text(model, Task.RESEARCH)).startsWith("- ");
    assertThat(text(model, Task.WRITE)).isEqualTo("one");
    assertThat(text(model, Task.WRITE)).isEqualTo("two");
    assertThat(text(model, Task.WRITE)).startsWith("# Growing tomatoes");
    assertThat(model.prompts()).hasSize(4);
    assertThat(model.prompts(Task.WRITE)).hasSize(3);
  }

  private static String text(TextGenerator model, Task task) throws Exception {
    StringBuilder text = new StringBuilder();
    model.generate(Prompts.aPrompt(task), text::append);
    return text.toString();
  }

  @Test
  void a_script_waits_where_the_test_wants_it_to() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ScriptedTextGenerator model = new ScriptedTextGenerator();
    model.next(
        Task.WRITE,
        Script.writing("before")
            .queued(2)
            .waitingFor(goOn)
            .thenWriting("after")
            .thenFailing(ModelFault.MODEL_ERROR));
    List<String> told = new ArrayList<>();
    CountDownLatch queued = new CountDownLatch(1);
    TextSink sink =
        new TextSink() {
          @Override
          public void text(String piece) {
            told.add(piece);
          }

          @Override
          public void queued(int ahead) {
            told.add("behind " + ahead);
            queued.countDown();
          }
        };
    List<Throwable> thrown = new ArrayList<>();
    Prompt prompt = Prompts.aPrompt();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () ->
                    thrown.add(
                        catchThrowableOfType(
                            ModelFailureException.class, () -> model.generate(prompt, sink))));
    assertThat(model.awaitPrompt(Task.WRITE, 1)).isEqualTo(prompt);
    queued.await();
    assertThat(told).containsExactly("before", "behind 2");
    assertThat(model.active()).isOne();
    goOn.countDown();
    caller.join();
    assertThat(told).containsExactly("before", "behind 2", "after");
    assertThat(thrown).hasSize(1).doesNotContainNull();
    assertThat(model.active()).isZero();
  }

  @Test
  void it_says_whether_it_is_ready_as_it_was_told() {
    Readiness.ModelMissing missing = new Readiness.ModelMissing("fetch it");
    ScriptedTextGenerator model = new ScriptedTextGenerator().ready(name -> missing);
    assertThat(model.readiness(new ModelName("any"))).isEqualTo(missing);
  }
}
