package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The front door on the shell, as far as it answers without building anything. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS) // it is a shell script
class CrewScriptTest {
  private static final Path CREW = Path.of("..", "crew").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private record Said(int code, String out, String err) {}

  private Said run(String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Said crew(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(CREW.toString()));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  @Test
  void it_is_a_program_that_every_shell_understands() throws Exception {
    assertThat(CREW).isExecutable();
    assertThat(Files.readString(CREW)).startsWith("#!/bin/sh\n");
    assertThat(run("sh", "-n", CREW.toString())).isEqualTo(new Said(0, "", ""));
  }

  @Test
  void help_comes_from_any_folder_when_asked_for_and_when_nothing_is_said() throws Exception {
    Said help = crew("--help");
    assertThat(help.code).isZero();
    assertThat(help.err).isEmpty();
    assertThat(help.out).startsWith("usage: ./crew COMMAND\n");
    assertThat(crew("help")).isEqualTo(help);
    assertThat(crew("-h")).isEqualTo(help);
    assertThat(crew()).isEqualTo(help);
  }

  @Test
  void help_names_every_command_there_is() throws Exception {
    String help = crew("--help").out;
    String script = Files.readString(CREW);
    Matcher cases =
        Pattern.compile("^  ([a-z-][a-z| -]*)\\)", Pattern.MULTILINE)
            .matcher(script.substring(script.indexOf("case $command in")));
    int commands = 0;
    while (cases.find()) {
      for (String command : cases.group(1).split("[| ]+")) {
        if (!List.of("-h", "help").contains(command)) {
          assertThat(help).containsPattern("(?m)(^  |, )" + command + "\\b");
          commands++;
        }
      }
    }
    assertThat(commands).isGreaterThanOrEqualTo(7);
  }

  @Test
  void a_command_that_is_not_there_is_told_with_those_that_are() throws Exception {
    Said said = crew("fly", "--to", "the moon");
    assertThat(said.code).isEqualTo(2);
    assertThat(said.out).isEmpty();
    assertThat(said.err)
        .startsWith("crew: there is no command 'fly'\n")
        .contains("usage: ./crew COMMAND");
  }

  @Test
  void options_of_the_fault_tests_that_make_no_sense_are_told_before_anything_is_built()
      throws Exception {
    Said many = crew("test", "--faults", "--seeds", "many");
    assertThat(many.code).isEqualTo(1);
    assertThat(many.err)
        .isEqualTo("crew: --seeds needs a whole number, as in: ./crew test --faults --seeds 20\n");
    Said unknown = crew("test", "--faults", "--gently");
    assertThat(unknown.code).isEqualTo(1);
    assertThat(unknown.err)
        .contains("knows --seeds N, --seed S and --seconds S, and no '--gently'");
  }

  @Test
  void the_folders_that_are_built_from_are_those_of_the_reactor() throws Exception {
    String script = Files.readString(CREW);
    Matcher modules =
        Pattern.compile("^    <module>([a-z-]+)</module>", Pattern.MULTILINE)
            .matcher(Files.readString(CREW.resolveSibling("pom.xml")));
    Matcher folders = Pattern.compile("find pom\\.xml (.*) \\\\").matcher(script);
    assertThat(folders.find()).isTrue();
    List<String> watched = List.of(folders.group(1).split(" "));
    int found = 0;
    while (modules.find()) {
      if (!List.of("sdk-examples", "bench").contains(modules.group(1))) {
        assertThat(watched).contains(modules.group(1));
        found++;
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(7);
  }
}
