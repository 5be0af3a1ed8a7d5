package io.contentcrew.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code load} is to do.
 *
 * @param rate tokens a second of one stream; 0 for as many as the model's stand-in can write
 * @param rounds measured ones
 * @param warmup rounds before them
 * @param recording where a flight recording of the service in its measured rounds goes
 */
record LoadOptions(
    int streams,
    double rate,
    int rounds,
    int warmup,
    Storage storage,
    List<String> javaOptions,
    Optional<Path> recording) {
  enum Storage {
    MEMORY,
    POSTGRES
  }

  static final String HELP =
      """
      load [options]: the whole service under load. A stand-in for Ollama writes known answers at a given pace; the
      service runs in a virtual machine of its own; each stream is a job of a user of its own for a short blog post,
      submitted and watched over HTTP. Beside it, in the same run, the same client reads the stand-in directly.

        --streams N         streams at once (default 200)
        --rate R            tokens a second of each stream (default 50); 0: as fast as they can be written
        --rounds N          measured rounds (default 1)
        --warmup N          rounds before them, which are not measured (default 1)
        --storage S         memory (default), or postgres: DATABASE_URL if it is set, else an embedded one
        --java-opts "..."   options of the service's virtual machine (default "-Xmx512m -XX:+UseSerialGC", as ./crew run)
        --jfr FILE          records the service's measured rounds; read it with: jfr view hot-methods FILE
      """;

  LoadOptions {
    if (streams < 1 || streams > 20_000) {
      throw new IllegalArgumentException("--streams is from 1 to 20000, not " + streams);
    }
    if (!(rate >= 0 && rate <= 100_000)) {
      throw new IllegalArgumentException("--rate is from 0 to 100000, not " + rate);
    }
    if (rounds < 1 || warmup < 0 || rounds + warmup > 1_000) {
      throw new IllegalArgumentException("there is at least one round, and there are at most 1000");
    }
    javaOptions = List.copyOf(javaOptions);
  }

  /** 200 streams of 50 tokens a second, one round after one to warm up, in memory. */
  static LoadOptions standard() {
    return new LoadOptions(
        200, 50, 1, 1, Storage.MEMORY, List.of("-Xmx512m", "-XX:+UseSerialGC"), Optional.empty());
  }

  /** Reads them from the command line. */
  static LoadOptions parse(List<String> arguments) {
    LoadOptions options = standard();
    for (int i = 0; i < arguments.size(); i += 2) {
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(arguments.get(i) + " needs a value");
      }
      options = options.with(arguments.get(i), arguments.get(i + 1));
    }
    return options;
  }

  private LoadOptions with(String name, String value) {
    return switch (name) {
      case "--streams" -> withStreams((int) number(name, value));
      case "--rate" -> withRate(number(name, value));
      case "--rounds" -> withRounds((int) number(name, value), warmup);
      case "--warmup" -> withRounds(rounds, (int) number(name, value));
      case "--storage" -> withStorage(storage(value));
      case "--java-opts" ->
          new LoadOptions(
              streams,
              rate,
              rounds,
              warmup,
              storage,
              List.of(value.trim().split("\\s+", -1)),
              recording);
      case "--jfr" ->
          new LoadOptions(
              streams, rate, rounds, warmup, storage, javaOptions, Optional.of(Path.of(value)));
      default -> throw new IllegalArgumentException("there is no option " + name);
    };
  }

  private static double number(String name, String value) {
    if (!value.matches("\\d{1,6}(\\.\\d{1,3})?")) {
      throw new IllegalArgumentException(name + " needs a number, not " + value);
    }
    return Double.parseDouble(value);
  }

  private static Storage storage(String name) {
    return switch (name) {
      case "memory" -> Storage.MEMORY;
      case "postgres" -> Storage.POSTGRES;
      default -> throw new IllegalArgumentException("--storage is memory or postgres, not " + name);
    };
  }

  LoadOptions withStreams(int changed) {
    return new LoadOptions(changed, rate, rounds, warmup, storage, javaOptions, recording);
  }

  LoadOptions withRate(double changed) {
    return new LoadOptions(streams, changed, rounds, warmup, storage, javaOptions, recording);
  }

  LoadOptions withRounds(int measured, int before) {
    return new LoadOptions(streams, rate, measured, before, storage, javaOptions, recording);
  }

  LoadOptions withStorage(Storage changed) {
    return new LoadOptions(streams, rate, rounds, warmup, changed, javaOptions, recording);
  }
}
