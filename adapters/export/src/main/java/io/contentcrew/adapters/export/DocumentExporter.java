package io.contentcrew.adapters.export;

import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.ArtifactLayout;
import io.contentcrew.domain.generation.ArtifactLayout.Block;
import io.contentcrew.domain.generation.ExportForm;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.generation.ArtifactExporter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Puts pieces into HTML and DOCX, block by block as they are laid out. */
final class DocumentExporter implements ArtifactExporter {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final ExportConfig config;
  private final Semaphore documents;

  DocumentExporter(ExportConfig config) {
    this.config = config;
    this.documents = new Semaphore(config.parallel());
  }

  @Override
  public Set<ExportForm> forms() {
    return EnumSet.of(ExportForm.HTML, ExportForm.DOCX);
  }

  @Override
  public byte[] export(Piece piece, ExportForm form) {
    List<Block> blocks = ArtifactLayout.of(piece.stored(), piece.language());
    checkSize(blocks);
    return switch (form) {
      case HTML ->
          inTurn(
              () ->
                  new HtmlPage(piece.language())
                      .write(title(piece), blocks)
                      .getBytes(StandardCharsets.UTF_8));
      case DOCX ->
          inTurn(
              () ->
                  new WordDocument(piece.language())
                      .write(title(piece), piece.stored().createdAt(), blocks));
      case MARKDOWN, TXT -> throw new IllegalArgumentException("not made here: " + form);
    };
  }

  private byte[] inTurn(Supplier<byte[]> work) {
    try {
      if (!documents.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new PortUnavailableException("Too many documents are being made.", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PortUnavailableException("The export was interrupted while it waited.", e);
    }
    try {
      return work.get();
    } finally {
      documents.release();
    }
  }

  private static String title(Piece piece) {
    return XmlText.clean(
        piece.stored().artifact() instanceof BlogPost post && !post.title().isBlank()
            ? post.title()
            : piece.name());
  }

  private void checkSize(List<Block> blocks) {
    long characters = blocks.stream().mapToLong(DocumentExporter::size).sum();
    if (characters > config.maxCharacters()) {
      throw new PortFailureException(
          "The piece has "
              + characters
              + " characters; one of up to "
              + config.maxCharacters()
              + " can be exported.",
          null);
    }
  }

  private static long size(Block block) {
    return switch (block) {
      case Block.Heading heading -> heading.text().length();
      case Block.Markdown markdown -> markdown.text().length();
      case Block.Plain plain -> plain.text().length();
      case Block.Aside aside -> aside.text().length();
      case Block.Hashtags hashtags -> hashtags.tags().stream().mapToLong(String::length).sum();
      case Block.Fact fact -> fact.text().length();
      case Block.Sample sample -> 0;
    };
  }
}
