package io.contentcrew.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NemesisTest {
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  private static List<Nemesis.Round> plan(long seed) {
    return Nemesis.plan(seed, A_MINUTE, Timers.scaled());
  }

  @Test
  void a_plan_follows_from_its_seed() {
    assertThat(plan(7)).isEqualTo(plan(7)).isNotEqualTo(plan(8));
    assertThat(plan(7))
        .startsWith(Nemesis.plan(7, Duration.ofSeconds(5), Timers.scaled()).getFirst());
  }

  @Test
  void in_time_every_fault_comes_and_some_come_together() {
    Set<Class<?>> kinds = new HashSet<>();
    Set<Object> harms = new HashSet<>();
    boolean together = false;
    for (long seed = 1; seed <= 100; seed++) {
      for (Nemesis.Round round : plan(seed)) {
        together |= round.steps().size() == 2;
        for (Nemesis.Step step : round.steps()) {
          kinds.add(step.fault().getClass());
          if (step.fault()
              instanceof Fault.BreakLink(int at, Fault.Server server, Fault.Harm harm)) {
            harms.add(List.of(server, harm));
          }
        }
      }
    }
    assertThat(kinds).containsExactlyInAnyOrderElementsOf(kindsOf(Fault.class).toList());
    assertThat(harms).hasSize(Fault.Server.values().length * Fault.Harm.values().length);
    assertThat(together).isTrue();
  }

  private static Stream<Class<?>> kindsOf(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(NemesisTest::kindsOf)
        : Stream.of(type);
  }

  @Test
  void a_target_suffers_one_fault_at_a_time() {
    Nemesis.Step step =
        new Nemesis.Step(Duration.ZERO, Duration.ofSeconds(1), new Fault.LoseRedis());
    assertThatThrownBy(() -> new Nemesis.Round(List.of(step, step)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void seeds_are_counted_or_listed() {
    assertThat(Seeds.toRun("3")).contains(1L, 2L, 3L).containsAll(Seeds.kept()).doesNotContain(4L);
    assertThat(Seeds.toRun("17,")).as("alone").containsExactly(17L);
    assertThat(Seeds.toRun("5, 7")).containsExactly(5L, 7L);
  }
}
