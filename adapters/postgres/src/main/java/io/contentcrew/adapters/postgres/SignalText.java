package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Signal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Signals as the text of notifications: a letter for the format, and for each signal a letter for
 * its kind and its job's id in 22 more.
 */
final class SignalText {
  /** PostgreSQL takes up to 7,999 bytes. */
  static final int LONGEST = 7_900;

  private static final char FORMAT = '1';
  private static final int LENGTH = 23;
  private static final int MOST = (LONGEST - 1) / LENGTH;

  private SignalText() {}

  /** As many texts as it takes, in the order of the signals. */
  static List<String> of(Collection<Signal> signals) {
    List<Signal> all = List.copyOf(signals);
    List<String> texts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST) {
      StringBuilder text = new StringBuilder().append(FORMAT);
      for (Signal signal : all.subList(from, Math.min(all.size(), from + MOST))) {
        text.append(letter(signal.kind())).append(id(signal.id()));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static char letter(Kind kind) {
    return switch (kind) {
      case GROWN -> 'g';
      case CANCEL -> 'c';
    };
  }

  private static String id(JobId id) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(id.value().getMostSignificantBits());
    bytes.putLong(id.value().getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * The signals of a text; what a newer version may say, and this one does not know, is left out.
   */
  static List<Signal> read(String text) {
    if (text.isEmpty() || text.charAt(0) != FORMAT || text.length() % LENGTH != 1) {
      return List.of();
    }
    List<Signal> signals = new ArrayList<>();
    for (int at = 1; at < text.length(); at += LENGTH) {
      String id = text.substring(at + 1, at + LENGTH);
      kind(text.charAt(at))
          .flatMap(kind -> jobId(id).map(job -> new Signal(kind, job)))
          .ifPresent(signals::add);
    }
    return signals;
  }

  private static Optional<Kind> kind(char letter) {
    return switch (letter) {
      case 'g' -> Optional.of(Kind.GROWN);
      case 'c' -> Optional.of(Kind.CANCEL);
      default -> Optional.empty();
    };
  }

  private static Optional<JobId> jobId(String text) {
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(text);
      if (decoded.length != 16) { // padding takes the place of letters
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.wrap(decoded);
      return Optional.of(new JobId(new UUID(bytes.getLong(), bytes.getLong())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
