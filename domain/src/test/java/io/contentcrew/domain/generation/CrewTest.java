package io.contentcrew.domain.generation;

import static io.contentcrew.domain.generation.Task.AUDIO;
import static io.contentcrew.domain.generation.Task.EDIT;
import static io.contentcrew.domain.generation.Task.RESEARCH;
import static io.contentcrew.domain.generation.Task.SOCIAL;
import static io.contentcrew.domain.generation.Task.VIDEO;
import static io.contentcrew.domain.generation.Task.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrewTest {
  private static final Crew ALL = Crew.of(EnumSet.allOf(Format.class));

  private static Set<Task> none() {
    return EnumSet.noneOf(Task.class);
  }

  private static Set<Task> ready(Crew crew, Set<Task> done, Set<Task> failed) {
    return crew.ready(done, failed, none());
  }

  static List<Set<Format>> formats() {
    List<Set<Format>> all = new ArrayList<>();
    for (int bits = 1; bits < 1 << Format.values().length; bits++) {
      Set<Format> formats = EnumSet.noneOf(Format.class);
      for (Format format : Format.values()) {
        if ((bits >> format.ordinal() & 1) == 1) {
          formats.add(format);
        }
      }
      all.add(formats);
    }
    return all;
  }

  @Test
  void only_the_tasks_that_the_formats_need_run() {
    assertThat(Crew.of(Set.of(Format.BLOG)).tasks()).containsExactly(RESEARCH, WRITE, EDIT);
    assertThat(Crew.of(Set.of(Format.SOCIAL)).tasks()).containsExactly(RESEARCH, SOCIAL);
    assertThat(Crew.of(Set.of(Format.AUDIO, Format.VIDEO)).tasks())
        .containsExactly(RESEARCH, AUDIO, VIDEO);
    assertThat(ALL.tasks()).containsExactly(RESEARCH, WRITE, EDIT, SOCIAL, AUDIO, VIDEO);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void every_format_has_the_task_that_yields_it_and_no_other_yields_any(Set<Format> formats) {
    Set<Format> yielded = EnumSet.noneOf(Format.class);
    Crew.of(formats).tasks().forEach(task -> task.yields().ifPresent(yielded::add));

    assertThat(yielded).isEqualTo(formats);
  }

  @Test
  void the_specialists_begin_together_when_the_editor_is_done() {
    assertThat(ready(ALL, none(), none())).containsExactly(RESEARCH);
    assertThat(ready(ALL, EnumSet.of(RESEARCH), none())).containsExactly(WRITE);
    assertThat(ready(ALL, EnumSet.of(RESEARCH, WRITE), none())).containsExactly(EDIT);
    assertThat(ready(ALL, EnumSet.of(RESEARCH, WRITE, EDIT), none()))
        .containsExactly(SOCIAL, AUDIO, VIDEO);
    assertThat(ready(ALL, EnumSet.allOf(Task.class), none())).isEmpty();
  }

  @Test
  void without_a_blog_post_the_specialists_begin_after_the_research() {
    Crew crew = Crew.of(Set.of(Format.SOCIAL, Format.VIDEO));

    assertThat(ready(crew, EnumSet.of(RESEARCH), none())).containsExactly(SOCIAL, VIDEO);
  }

  @Test
  void what_is_under_way_is_not_begun_again() {
    assertThat(ALL.ready(none(), none(), EnumSet.of(RESEARCH))).isEmpty();
    assertThat(ALL.ready(EnumSet.of(RESEARCH, WRITE, EDIT), none(), EnumSet.of(AUDIO)))
        .containsExactly(SOCIAL, VIDEO);
    assertThat(ALL.ready(EnumSet.of(RESEARCH), none(), EnumSet.of(WRITE))).isEmpty();
  }

  @Test
  void a_blog_post_that_fails_takes_no_other_format_with_it() {
    assertThat(ready(ALL, EnumSet.of(RESEARCH, WRITE), EnumSet.of(EDIT)))
        .containsExactly(SOCIAL, AUDIO, VIDEO);
    assertThat(ALL.lostWith(WRITE)).containsExactly(WRITE, EDIT);
    assertThat(ready(ALL, EnumSet.of(RESEARCH), ALL.lostWith(WRITE)))
        .containsExactly(SOCIAL, AUDIO, VIDEO);
  }

  @Test
  void research_that_fails_takes_everything_with_it() {
    assertThat(ALL.lostWith(RESEARCH)).isEqualTo(EnumSet.allOf(Task.class));
    assertThat(ready(ALL, none(), ALL.lostWith(RESEARCH))).isEmpty();
    assertThat(ALL.lostWith(VIDEO)).containsExactly(VIDEO);
    assertThat(ALL.lostWith(EDIT)).containsExactly(EDIT);
  }

  @Test
  void the_tasks_of_a_crew_cannot_be_changed() {
    assertThatThrownBy(() -> ALL.tasks().clear()).isInstanceOf(UnsupportedOperationException.class);
  }

  /** Whatever fails, in whatever order: the crew comes to an end, and no task runs too early. */
  @ParameterizedTest
  @MethodSource("formats")
  void every_run_ends_with_each_task_done_or_failed(Set<Format> formats) {
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    Random random = new Random(seed);
    Crew crew = Crew.of(formats);
    for (int run = 0; run < 200; run++) {
      Set<Task> done = none();
      Set<Task> failed = none();
      Set<Task> running = none();
      while (!done.containsAll(crew.tasks()) && !union(done, failed).containsAll(crew.tasks())) {
        running.addAll(crew.ready(done, failed, running));
        assertThat(running).as("seed %s", seed).isNotEmpty();
        Task ended = List.copyOf(running).get(random.nextInt(running.size()));
        running.remove(ended);
        if (random.nextInt(4) == 0) {
          failed.addAll(crew.lostWith(ended));
          assertThat(Collections.disjoint(running, failed)).as("seed %s", seed).isTrue();
        } else {
          done.add(ended);
        }
      }
      assertThat(running).isEmpty();
      assertThat(Collections.disjoint(done, failed)).as("seed %s", seed).isTrue();
    }
  }

  private static Set<Task> union(Set<Task> one, Set<Task> other) {
    Set<Task> union = EnumSet.copyOf(one);
    union.addAll(other);
    return union;
  }
}
