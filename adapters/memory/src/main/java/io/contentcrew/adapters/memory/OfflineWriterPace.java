package io.contentcrew.adapters.memory;

import io.contentcrew.ports.generation.TextSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plays a text word by word. */
final class OfflineWriterPace {
  /** No piece is longer, in characters, so that texts without blanks stream as well. */
  private static final int LONGEST_PIECE = 24;

  /** A pause shorter than this takes longer than it should: some pieces then come together. */
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  /** A reader who is slow, or a machine that was asleep, is not made up for beyond this. */
  private static final long MOST_BEHIND = TimeUnit.MILLISECONDS.toNanos(250);

  private final long nanosPerPiece;

  private OfflineWriterPace(long nanosPerPiece) {
    this.nanosPerPiece = nanosPerPiece;
  }

  /** So many pieces a second; 0 and infinity mean as fast as they are taken. */
  static OfflineWriterPace of(double piecesPerSecond) {
    if (!(piecesPerSecond >= 0)) {
      throw new IllegalArgumentException(
          "a writer's pace is 0 words a second or more, where 0 means without a pause");
    }
    double nanos = TimeUnit.SECONDS.toNanos(1) / piecesPerSecond;
    return new OfflineWriterPace(
        piecesPerSecond == 0 ? 0 : (long) Math.min(nanos, (double) TimeUnit.DAYS.toNanos(1)));
  }

  /** The text in pieces: each word with the blank before it, and never half a character. */
  static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int begin = 0;
    while (begin < text.length()) {
      int end = begin;
      while (end < text.length() && isBlank(text.charAt(end))) {
        end++;
      }
      while (end < text.length() && !isBlank(text.charAt(end)) && end - begin < LONGEST_PIECE) {
        end += Character.charCount(text.codePointAt(end));
      }
      pieces.add(text.substring(begin, end));
      begin = end;
    }
    return pieces;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n';
  }

  /** Passes the pieces on, each after the time that writing it takes. */
  void play(List<String> pieces, TextSink sink) throws InterruptedException {
    long due = System.nanoTime();
    for (String piece : pieces) {
      due += nanosPerPiece;
      long early = due - System.nanoTime();
      if (early > SHORTEST_PAUSE) {
        TimeUnit.NANOSECONDS.sleep(early);
      } else if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while writing");
      } else if (early < -MOST_BEHIND) {
        due = System.nanoTime();
      }
      sink.text(piece);
    }
  }
}
