package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house is built as its plan says; and each rule finds who breaks it. */
class ArchitectureTest {
  private static final String BAD = "io.contentcrew.app.badhouse";
  private static final Pattern SYNCHRONIZED =
      Pattern.compile("^(?!\\s*(\\*|//|/\\*)).*\\bsynchronized\\s*[(\\w]", Pattern.MULTILINE);

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.contentcrew");
  private static final JavaClasses BAD_HOUSE = new ClassFileImporter().importPackages(BAD);

  private static final Map<String, ArchRule> BAD_HOUSE_RULES = new ArchitectureRules(BAD).all();

  @TestFactory
  Stream<DynamicTest> the_house_keeps_its_rules() {
    return new ArchitectureRules("io.contentcrew")
        .all().entrySet().stream()
            .map(
                rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(HOUSE)));
  }

  @TestFactory
  Stream<DynamicTest> every_rule_finds_who_breaks_it() {
    return BAD_HOUSE_RULES.entrySet().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(),
                    () -> assertThat(rule.getValue().evaluate(BAD_HOUSE).hasViolation()).isTrue()));
  }

  @Test
  void the_system_clock_is_found_however_it_is_read_and_other_clocks_are_free() {
    assertThat(breaches("only composition roots read the system clock"))
        .containsExactlyInAnyOrder("now", "today", "byReference", "source", "millis", "date");
  }

  @Test
  void the_environment_and_the_streams_are_found_however_they_are_used() {
    assertThat(breaches("only the program's start reads the environment"))
        .containsExactlyInAnyOrder("variable", "property", "flag");
    assertThat(breaches("only the program's start owns the standard streams"))
        .containsExactlyInAnyOrder("out", "trace", "end");
  }

  /** The methods that break a rule. */
  private static Set<String> breaches(String rule) {
    Pattern method = Pattern.compile("^Method <" + Pattern.quote(BAD) + "[\\w.]*\\.(\\w+)\\(");
    return BAD_HOUSE_RULES.get(rule).evaluate(BAD_HOUSE).getFailureReport().getDetails().stream()
        .flatMap(detail -> method.matcher(detail).results())
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void a_module_that_was_not_found_breaks_its_rules() {
    JavaClasses nothing = new ClassFileImporter().importClasses();
    new ArchitectureRules("io.contentcrew")
        .all()
        .forEach(
            (name, rule) -> {
              if (!name.contains("cycle")) {
                assertThatThrownBy(() -> rule.check(nothing))
                    .as(name)
                    .isInstanceOf(AssertionError.class);
              }
            });
  }

  /** A virtual thread that waits within a monitor holds its carrier on Java 21. */
  @Test
  void nobody_locks_with_synchronized() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      List<Path> sources =
          files
              .filter(file -> file.toString().contains("/src/main/java/io/contentcrew/"))
              .filter(file -> file.toString().endsWith(".java"))
              .toList();
      assertThat(sources).hasSizeGreaterThan(100);
      for (Path source : sources) {
        assertThat(SYNCHRONIZED.matcher(Files.readString(source)).find())
            .as("%s locks with synchronized", source)
            .isFalse();
      }
    }
    assertThat("  synchronized (lock) {").matches(SYNCHRONIZED.asPredicate());
    assertThat("  private synchronized int next() {").matches(SYNCHRONIZED.asPredicate());
    assertThat("  /** Waits within synchronized (as others do). */")
        .doesNotMatch(SYNCHRONIZED.asPredicate());
  }
}
