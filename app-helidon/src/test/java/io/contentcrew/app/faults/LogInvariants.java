package io.contentcrew.app.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold of what the processes write. */
final class LogInvariants {
  private static final Pattern LOGS = Pattern.compile(".*\\.(out|err|log)");

  /** In dev, where there is no mail, the log is where letters go, with all that is in them. */
  private static final Pattern LETTER =
      Pattern.compile(
          "\\S+ info io\\.contentcrew\\.mail: A letter to \\S+ that is not sent, as SMTP_HOST is"
              + " not set: .*");

  private LogInvariants() {}

  /** I11. The message names the secret and does not tell it. */
  static List<String> noSecretIsInALog(Path folder, Map<String, String> secrets) {
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> logs =
          files.filter(file -> LOGS.matcher(file.getFileName().toString()).matches()).toList();
      if (logs.isEmpty()) {
        wrong.add("I11 there is no log to look into in " + folder);
      }
      for (Path log : logs) {
        int number = 0;
        for (String line : Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList()) {
          number++;
          if (LETTER.matcher(line).matches()) {
            continue;
          }
          for (Map.Entry<String, String> secret : secrets.entrySet()) {
            if (line.contains(secret.getValue())) {
              wrong.add(
                  "I11 %s is in %s, line %d"
                      .formatted(secret.getKey(), folder.relativize(log), number));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return wrong;
  }
}
