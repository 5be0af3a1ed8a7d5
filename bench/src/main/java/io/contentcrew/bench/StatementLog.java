package io.contentcrew.bench;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements in the log of a PostgreSQL server that logs them. */
final class StatementLog {
  private static final Pattern ENTRY =
      Pattern.compile("^\\d{4}-\\d\\d-\\d\\d [^\\[]*\\[(\\d+)] (\\w+):  ");
  private static final Pattern STATEMENT =
      Pattern.compile("(?:execute [^:]+|statement): (.*)", Pattern.DOTALL);

  private final Path file;

  /**
   * One statement, with single blanks, and with question marks for its parameters.
   *
   * @param process the server's, one for each connection
   */
  record Entry(long process, String sql) {}

  StatementLog(Path file) {
    this.file = file;
  }

  /** The end of what there is. */
  long mark() throws IOException {
    return Files.size(file);
  }

  /** What was logged since the mark, in order. */
  List<Entry> since(long mark) throws IOException {
    String text;
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(mark);
      text = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Entry> entries = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    long process = 0;
    for (String line : text.split("\n", -1)) {
      Matcher begin = ENTRY.matcher(line);
      if (begin.find()) {
        add(entries, process, message);
        message.setLength(0);
        process = Long.parseLong(begin.group(1));
        message.append(begin.group(2).equals("LOG") ? line.substring(begin.end()) : "");
      } else {
        message.append(' ').append(line);
      }
    }
    add(entries, process, message);
    return entries;
  }

  private static void add(List<Entry> entries, long process, CharSequence message) {
    Matcher statement = STATEMENT.matcher(message);
    if (statement.matches()) {
      entries.add(new Entry(process, plain(statement.group(1).replaceAll("\\$\\d+", "?"))));
    }
  }

  /** With single blanks, and none around brackets and commas. */
  static String plain(String sql) {
    return sql.replaceAll("\\s+", " ").replaceAll(" ?([(),]) ?", "$1").strip();
  }
}
