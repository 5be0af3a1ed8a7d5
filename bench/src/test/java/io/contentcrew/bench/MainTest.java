package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void help_names_all_commands_and_their_options() throws Exception {
    assertThat(run("--help")).isZero();

    assertThat(text(out))
        .contains("micro [regex]", "load [options]", "--streams", "--rate", "--rounds")
        .contains("--warmup", "--storage", "--java-opts", "--jfr")
        .contains("submit [options]", "instances [options]", "storage [options]")
        .contains("hooks [options]", "--data", "--check")
        .contains("logins [options]", "--seconds", "--cost")
        .contains("--clients", "--with-redis", "--formats");
  }

  @Test
  void what_there_is_not_is_refused_with_a_word() throws Exception {
    assertThat(run("fly")).isEqualTo(2);
    assertThat(text(err)).contains("there is no command fly", "--help");
    assertThat(run("load", "--streams", "many")).isEqualTo(2);
    assertThat(text(err)).contains("--streams needs a number, not many");
    assertThat(run("load", "--streams")).isEqualTo(2);
    assertThat(text(err)).contains("--streams needs a value");
    assertThat(run("load", "--storage", "tape")).isEqualTo(2);
    assertThat(text(err)).contains("memory or postgres, not tape");
    assertThat(run("hooks", "--data", "data")).isEqualTo(2);
    assertThat(text(err)).contains("hooks needs --body FILE or --check");
    assertThat(run("hooks", "--check")).isEqualTo(2);
    assertThat(text(err)).contains("hooks needs --data FOLDER");
    assertThat(run("load", "--rounds", "0")).isEqualTo(2);
    assertThat(text(err)).contains("at least one round");
  }

  @Test
  void options_are_read() {
    List<String> arguments =
        List.of("--streams", "7", "--rate", "2.5", "--rounds", "3", "--warmup", "0");

    assertThat(LoadOptions.parse(arguments))
        .isEqualTo(LoadOptions.standard().withStreams(7).withRate(2.5).withRounds(3, 0));
    assertThat(LoadOptions.parse(List.of("--storage", "postgres")).storage())
        .isEqualTo(LoadOptions.Storage.POSTGRES);
    assertThat(LoadOptions.parse(List.of("--java-opts", "-Xmx1g -Xint")).javaOptions())
        .containsExactly("-Xmx1g", "-Xint");
    assertThat(LoadOptions.parse(List.of("--jfr", "a.jfr")).recording())
        .isEqualTo(Optional.of(Path.of("a.jfr")));
    assertThatThrownBy(() -> LoadOptions.parse(List.of("--fast", "1")))
        .hasMessage("there is no option --fast");
  }

  private int run(String... arguments) throws Exception {
    return Main.run(
        List.of(arguments),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
