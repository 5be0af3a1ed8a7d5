package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.ArtifactLayout.Block;
import java.util.List;

/** Shows artifacts as Markdown, for people to copy. */
public final class ArtifactMarkdown {
  private ArtifactMarkdown() {}

  /** A piece as Markdown, ending in a line feed; a sample says at its end that it is one. */
  public static String of(StoredArtifact piece, Language language) {
    return shown(ArtifactLayout.of(piece, language));
  }

  /** The artifact as Markdown, ending in a line feed. */
  public static String of(Artifact artifact, Language language) {
    return shown(ArtifactLayout.of(artifact, language));
  }

  private static String shown(List<Block> blocks) {
    StringBuilder out = new StringBuilder();
    Block before = null;
    for (Block block : blocks) {
      if (before != null) {
        boolean list = before instanceof Block.Fact && block instanceof Block.Fact;
        out.append(list ? "\n" : "\n\n");
      }
      out.append(shown(block));
      before = block;
    }
    return out.append('\n').toString();
  }

  private static String shown(Block block) {
    return switch (block) {
      case Block.Heading heading -> "#".repeat(heading.level()) + " " + heading.text();
      case Block.Markdown markdown -> markdown.text();
      case Block.Plain plain -> plain.text();
      case Block.Aside aside -> "> " + aside.text().replace("\n", "\n> ");
      case Block.Hashtags hashtags -> String.join(" ", hashtags.tags()).replace("#", "\\#");
      case Block.Fact fact -> "- " + fact.name() + ": " + fact.text();
      case Block.Sample sample -> "---\n\n*" + ArtifactLayout.SAMPLE + "*";
    };
  }
}
