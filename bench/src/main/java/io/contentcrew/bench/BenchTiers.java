package io.contentcrew.bench;

import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.sdk.tier.TierFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tiers without limits worth the name. */
final class BenchTiers {
  private BenchTiers() {}

  static TierCatalog load() {
    try {
      Path file = Files.createTempFile("crew-bench", ".yaml");
      try {
        write(file);
        return TierFile.read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the tiers cannot be read", e);
    }
  }

  /** Makes the file that a service can be told to read. */
  static void write(Path file) throws IOException {
    try (InputStream from = BenchTiers.class.getResourceAsStream("tiers.yaml")) {
      if (from == null) {
        throw new IOException("tiers.yaml is not on the class path");
      }
      Files.write(file, from.readAllBytes());
    }
  }
}
