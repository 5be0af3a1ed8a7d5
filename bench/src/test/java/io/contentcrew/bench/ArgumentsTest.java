package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  @Test
  void the_options_of_submit_are_read() {
    SubmitOptions options =
        SubmitOptions.parse(
            List.of(
                ("--clients 2,8 --seconds 1 --rounds 7 --warmup 0 --users 9 --baseline jdbc --jfr"
                        + " a.jfr")
                    .split(" ", -1)));

    assertThat(options.clients()).containsExactly(2, 8);
    assertThat(options.seconds()).isEqualTo(1);
    assertThat(options.rounds()).isEqualTo(7);
    assertThat(options.warmup()).isZero();
    assertThat(options.users()).isEqualTo(9);
    assertThat(options.baseline()).isEqualTo(SubmitOptions.Baseline.JDBC);
    assertThat(options.recording()).contains(Path.of("a.jfr"));
    assertThat(SubmitOptions.parse(List.of()).clients()).containsExactly(1, 4, 16);
  }

  @Test
  void the_options_of_storage_are_read() {
    StorageOptions options =
        StorageOptions.parse(
            List.of("--jobs", "3", "--rate", "10", "--formats", "blog,video", "--idle", "1"));

    assertThat(options.jobs()).isEqualTo(3);
    assertThat(options.rate()).isEqualTo(10);
    assertThat(options.formats()).containsExactlyInAnyOrder(Format.BLOG, Format.VIDEO);
    assertThat(options.idleSeconds()).isEqualTo(1);
  }

  @Test
  void the_options_of_instances_are_read() {
    InstancesOptions options =
        InstancesOptions.parse(
            List.of(
                "--streams", "6", "--redis", "redis://host:6379", "--java-opts", "-Xmx1g -Xint"));

    assertThat(options.streams()).isEqualTo(6);
    assertThat(options.redis()).contains("redis://host:6379");
    assertThat(options.withRedis()).isFalse();
    assertThat(options.javaOptions()).containsExactly("-Xmx1g", "-Xint");
    InstancesOptions started = InstancesOptions.parse(List.of("--with-redis", "--rate", "5"));
    assertThat(started.withRedis()).isTrue();
    assertThat(started.rate()).isEqualTo(5);
  }

  @Test
  void the_options_of_logins_are_read() {
    assertThat(
            LoginsOptions.parse(
                List.of("--clients", "3", "--streams", "5", "--seconds", "7", "--cost", "10")))
        .isEqualTo(new LoginsOptions(3, 5, 7, 10));
    assertThat(LoginsOptions.parse(List.of())).isEqualTo(new LoginsOptions(32, 50, 20, 12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "submit|--clients 1,x|--clients needs a whole number, not x",
        "submit|--clients 0|--clients is from 1 to 100, not 0",
        "submit|--baseline mysql|--baseline is pgbench or jdbc, not mysql",
        "submit|--speed 1|there is no option --speed",
        "logins|--cost 16|--cost is from 4 to 15, not 16",
        "logins|--seconds 41|--seconds is from 1 to 40, not 41",
        "storage|--jobs|--jobs needs a value",
        "storage|--formats song|--formats are of blog, social, audio, video, not song",
        "instances|--redis localhost|--redis needs an address like redis://localhost:6379",
        "instances|--with-redis --redis redis://h|there is one Redis: --redis URL or --with-redis"
      })
  void what_cannot_be_understood_is_refused_with_a_word(
      String command, String arguments, String problem) {
    List<String> given = List.of(arguments.split(" ", -1));
    assertThatThrownBy(
            () -> {
              switch (command) {
                case "submit" -> SubmitOptions.parse(given);
                case "logins" -> LoginsOptions.parse(given);
                case "storage" -> StorageOptions.parse(given);
                default -> InstancesOptions.parse(given);
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }
}
