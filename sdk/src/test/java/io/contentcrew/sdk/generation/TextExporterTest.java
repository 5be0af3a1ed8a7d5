package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.ExportForm;
import io.contentcrew.ports.generation.ArtifactExporter;
import io.contentcrew.testkit.ArtifactExporterContract;
import java.nio.charset.StandardCharsets;
import java.util.List;

class TextExporterTest extends ArtifactExporterContract {
  @Override
  protected ArtifactExporter exporter() {
    return new TextExporter();
  }

  @Override
  protected String read(byte[] file, ExportForm form) {
    return new String(file, StandardCharsets.UTF_8);
  }

  @Override
  protected List<String> links(byte[] file, ExportForm form) {
    return List.of();
  }
}
