package io.contentcrew.adapters.redis;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Signal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Signals as they go over the channel: a byte for the version of the form, then for each signal a
 * byte for its kind and sixteen for the id. Kinds that are not known are passed over, messages of
 * another version too.
 */
final class SignalMessage {
  /** So many go in one message, so that it is sent in one piece. */
  static final int MOST = 1000;

  private static final byte VERSION = 1;
  private static final byte HEARTBEAT = 0;
  private static final byte GROWN = 1;
  private static final byte CANCEL = 2;
  private static final int SIZE = 1 + 2 * Long.BYTES;

  private SignalMessage() {}

  /** As many messages as it takes. */
  static List<byte[]> of(List<Signal> signals) {
    List<byte[]> messages = new ArrayList<>();
    for (int from = 0; from < signals.size(); from += MOST) {
      List<Signal> some = signals.subList(from, Math.min(signals.size(), from + MOST));
      ByteBuffer message = ByteBuffer.allocate(1 + some.size() * SIZE).put(VERSION);
      some.forEach(signal -> put(message, kind(signal.kind()), signal.id().value()));
      messages.add(message.array());
    }
    return messages;
  }

  /** What an instance sends to itself, to see whether it hears. */
  static byte[] heartbeat(UUID instance) {
    ByteBuffer message = ByteBuffer.allocate(1 + SIZE).put(VERSION);
    put(message, HEARTBEAT, instance);
    return message.array();
  }

  private static void put(ByteBuffer message, byte kind, UUID id) {
    message.put(kind).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static byte kind(Kind kind) {
    return switch (kind) {
      case GROWN -> GROWN;
      case CANCEL -> CANCEL;
    };
  }

  /** Passes on what is in a message. */
  static void read(byte[] bytes, Consumer<Signal> signals, Consumer<UUID> heartbeats) {
    ByteBuffer message = ByteBuffer.wrap(bytes);
    if (!message.hasRemaining() || message.get() != VERSION) {
      return;
    }
    while (message.remaining() >= SIZE) {
      byte kind = message.get();
      UUID id = new UUID(message.getLong(), message.getLong());
      switch (kind) {
        case HEARTBEAT -> heartbeats.accept(id);
        case GROWN -> signals.accept(new Signal(Kind.GROWN, new JobId(id)));
        case CANCEL -> signals.accept(new Signal(Kind.CANCEL, new JobId(id)));
        default -> {
          // a later release knows more kinds
        }
      }
    }
  }
}
