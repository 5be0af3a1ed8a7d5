package io.contentcrew.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Sends all logs to the error stream: as one JSON object a line for machines, or as text for
 * people.
 */
final class LogSetup {
  private LogSetup() {}

  static void apply(System.Logger.Level level, boolean json) {
    LogManager.getLogManager().reset();
    Handler console = new ConsoleHandler();
    console.setFormatter(json ? new JsonLines() : new TextLines());
    console.setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    root.addHandler(console);
    root.setLevel(Level.WARNING); // libraries speak up when something is wrong
    keep("io.contentcrew", julLevel(level));
    keep("org.flywaydb", Level.WARNING);
    keep("io.helidon", Level.WARNING);
    // that the database is away our own loggers say, once, and not with a trace at each try
    keep("com.zaxxer.hikari", Level.SEVERE);
    keep("com.github.kagkarlsson.scheduler", Level.OFF);
  }

  /** Loggers are only held weakly; those that were set must not be forgotten. */
  private static final Map<String, Logger> KEPT = new java.util.concurrent.ConcurrentHashMap<>();

  private static void keep(String name, Level level) {
    Logger logger = Logger.getLogger(name);
    logger.setLevel(level);
    KEPT.put(name, logger);
  }

  private static Level julLevel(System.Logger.Level level) {
    return switch (level) {
      case ALL -> Level.ALL;
      case TRACE -> Level.FINER;
      case DEBUG -> Level.FINE;
      case INFO -> Level.INFO;
      case WARNING -> Level.WARNING;
      case ERROR -> Level.SEVERE;
      case OFF -> Level.OFF;
    };
  }

  private static String message(LogRecord record) {
    String message = String.valueOf(record.getMessage());
    Object[] parameters = record.getParameters();
    return parameters == null || parameters.length == 0
        ? message
        : new MessageFormat(message, Locale.ROOT).format(texts(parameters));
  }

  /** Numbers as they are, without the commas that a format of words would put in. */
  private static Object[] texts(Object[] parameters) {
    Object[] texts = new Object[parameters.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = String.valueOf(parameters[i]);
    }
    return texts;
  }

  private static String level(LogRecord record) {
    int value = record.getLevel().intValue();
    return value >= Level.SEVERE.intValue()
        ? "error"
        : value >= Level.WARNING.intValue()
            ? "warning"
            : value >= Level.INFO.intValue() ? "info" : "debug";
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  /** One JSON object a line; line ends within are escaped, so that no text can forge a line. */
  static final class JsonLines extends Formatter {
    @Override
    public String format(LogRecord record) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("time", record.getInstant().toString());
      line.put("level", level(record));
      line.put("logger", record.getLoggerName());
      line.put("message", message(record));
      if (record.getThrown() != null) {
        line.put("error", trace(record.getThrown()));
      }
      return new String(Json.write(line), java.nio.charset.StandardCharsets.UTF_8) + "\n";
    }
  }

  /** Time, level, who, what. */
  static final class TextLines extends SimpleFormatter {
    @Override
    public String format(LogRecord record) {
      Instant at = record.getInstant().truncatedTo(ChronoUnit.MILLIS);
      String thrown =
          record.getThrown() == null ? "" : "\n" + trace(record.getThrown()).stripTrailing();
      String line = message(record).replace("\n", "\\n").replace("\r", "\\r");
      return at + " " + level(record) + " " + record.getLoggerName() + ": " + line + thrown + "\n";
    }
  }
}
