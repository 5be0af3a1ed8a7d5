package io.contentcrew.adapters.export;

import io.contentcrew.ports.generation.ArtifactExporter;

/**
 * Makes HTML pages and documents for word processors of pieces. Holds no thread, connection or
 * file. Safe for use by many threads.
 */
public final class ExportAdapter {
  private final ArtifactExporter exporter;

  private ExportAdapter(ArtifactExporter exporter) {
    this.exporter = exporter;
  }

  /** An adapter with that configuration. */
  public static ExportAdapter of(ExportConfig config) {
    return new ExportAdapter(new DocumentExporter(config));
  }

  /** Makes {@code HTML} and {@code DOCX}. */
  public ArtifactExporter artifactExporter() {
    return exporter;
  }
}
