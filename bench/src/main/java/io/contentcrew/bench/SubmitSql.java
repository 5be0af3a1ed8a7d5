package io.contentcrew.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The statements of a submit, with their parameters marked. */
final class SubmitSql {
  private static final Pattern PARAMETER = Pattern.compile("`([^`]*)`");

  private final List<String> statements;

  private SubmitSql(List<String> statements) {
    this.statements = statements;
  }

  static SubmitSql load() throws IOException {
    try (InputStream file = SubmitSql.class.getResourceAsStream("submit.sql")) {
      if (file == null) {
        throw new IOException("submit.sql is not on the class path");
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      String sql = text.replaceAll("(?m)^--.*\n", "");
      return new SubmitSql(
          Stream.of(sql.split(";", -1)).map(String::strip).filter(one -> !one.isEmpty()).toList());
    }
  }

  /** The statements as the server logs them. */
  List<String> logged() {
    return statements.stream()
        .map(sql -> StatementLog.plain(PARAMETER.matcher(sql).replaceAll("?")))
        .toList();
  }

  /** The statements, with something else for user, job and jobtext, and values for all others. */
  List<String> with(UnaryOperator<String> ids, Instant now) {
    return statements.stream().map(sql -> with(sql, ids, now)).toList();
  }

  private static String with(String sql, UnaryOperator<String> ids, Instant now) {
    YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    return PARAMETER
        .matcher(sql)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    switch (found.group(1)) {
                      case "user", "job", "jobtext" -> ids.apply(found.group(1));
                      case "now" -> time(now.toString());
                      case "start" -> time(month.atDay(1) + "T00:00:00Z");
                      case "end" -> time(month.plusMonths(1).atDay(1) + "T00:00:00Z");
                      default -> found.group(1);
                    }));
  }

  private static String time(String text) {
    return "'" + text + "'::timestamptz";
  }

  /** The parameters of a statement that are user, job or jobtext, in order. */
  List<List<String>> ids() {
    return statements.stream()
        .map(
            sql ->
                PARAMETER
                    .matcher(sql)
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> List.of("user", "job", "jobtext").contains(name))
                    .toList())
        .toList();
  }
}
