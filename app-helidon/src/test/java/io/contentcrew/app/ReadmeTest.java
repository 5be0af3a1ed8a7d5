package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the lines that the README has for a shell, as they stand there, with curl. */
@Timeout(120)
class ReadmeTest extends ServiceHarness {
  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  private static String lines() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String journey =
        readme.substring(readme.indexOf("In a second shell"), readme.indexOf("Stop the program"));
    StringBuilder lines = new StringBuilder();
    Matcher blocks = SHELL.matcher(journey);
    while (blocks.find()) {
      lines.append(blocks.group(1)).append("printf '\\n=====\\n'\n");
    }
    return lines.toString();
  }

  @Test
  void the_lines_of_the_readme_lead_to_four_formats_and_a_cancelled_job() throws Exception {
    start("LLM_PROVIDER", "offline", "OFFLINE_TOKENS_PER_SECOND", "2000");
    String script = lines().replace("localhost:8000", "localhost:" + service().port());
    Process shell = new ProcessBuilder("sh", "-eu", "-c", script).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).as(said).isZero();
    String[] parts = said.split("\n=====\n");
    assertThat(parts[1]).contains("event: text_delta", "event: complete");
    assertThat(parts[2])
        .contains(
            "\"linkedin\":", "# Solar power", "A sample, written without a model", "\"used\":1");
    assertThat(parts[3]).startsWith("{\"id\":").contains("\"topic\":\"Rain barrels\"");
  }
}
