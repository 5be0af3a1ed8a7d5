package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.ArtifactLayout.Block;
import java.util.List;

/** Shows artifacts as plain text, without marks, for people to read or to paste anywhere. */
public final class ArtifactText {
  private ArtifactText() {}

  /** A piece as plain text, ending in a line feed; a sample says at its end that it is one. */
  public static String of(StoredArtifact piece, Language language) {
    List<Block> blocks = ArtifactLayout.of(piece, language);
    StringBuilder out = new StringBuilder();
    for (Block block : blocks) {
      out.append(before(block)).append(shown(block)).append('\n');
    }
    return out.toString().strip() + "\n";
  }

  private static String before(Block block) {
    return switch (block) {
      case Block.Heading heading -> "\n\n"; // more room above a heading than below
      case Block.Fact fact -> "";
      default -> "\n";
    };
  }

  private static String shown(Block block) {
    return switch (block) {
      case Block.Heading heading -> heading.text();
      case Block.Markdown markdown -> MarkdownText.plain(markdown.text());
      case Block.Plain plain -> plain.text();
      case Block.Aside aside -> aside.text();
      case Block.Hashtags hashtags -> String.join(" ", hashtags.tags());
      case Block.Fact fact -> fact.name() + ": " + fact.text();
      case Block.Sample sample -> ArtifactLayout.SAMPLE;
    };
  }
}
