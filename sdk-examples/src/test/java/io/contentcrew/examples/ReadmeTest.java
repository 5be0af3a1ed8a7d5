package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what the build compiles and runs. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void the_program_in_the_readme_is_the_quick_start() throws IOException {
    String program = source("QuickStart");
    String begin = "throws Exception {\n";
    int from = program.indexOf(begin) + begin.length();
    String body = program.substring(from, program.indexOf("\n  }\n", from));
    assertThat(body).startsWith("    try (").endsWith("    }");
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + body + "\n```");
  }

  @Test
  void every_program_is_in_the_list() throws IOException {
    String list = Files.readString(Path.of("README.md"));
    try (var files = Files.list(Path.of("src/main/java/io/contentcrew/examples"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.equals("package-info.java"))
          .filteredOn(name -> sourceOf(name).contains("void main("))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(list).contains("/" + name + ")"));
    }
  }

  private static String sourceOf(String fileName) {
    try {
      return source(fileName.replace(".java", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String source(String type) throws IOException {
    return Files.readString(Path.of("src/main/java/io/contentcrew/examples", type + ".java"));
  }
}
