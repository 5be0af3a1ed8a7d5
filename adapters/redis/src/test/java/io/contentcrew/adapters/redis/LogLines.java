package io.contentcrew.adapters.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;

/** What a logger says while this is open. */
final class LogLines extends Handler implements AutoCloseable {
  private final Logger logger; // held, as the log manager forgets loggers that nobody holds
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogLines(Logger logger) {
    this.logger = logger;
  }

  static LogLines of(String name) {
    LogLines lines = new LogLines(Logger.getLogger(name));
    lines.logger.addHandler(lines);
    return lines;
  }

  /** How many lines have something that {@code regex} matches. */
  int count(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return (int) lines.stream().filter(line -> pattern.matcher(line).find()).count();
  }

  @Override
  public void publish(LogRecord record) {
    lines.add(new SimpleFormatter().formatMessage(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
