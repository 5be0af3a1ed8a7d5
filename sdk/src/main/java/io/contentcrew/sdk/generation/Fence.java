package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.FreeText;
import io.contentcrew.domain.generation.JobId;
import java.util.regex.Pattern;

/**
 * Keeps what users and models wrote apart from what we say: as blocks between lines that carry a
 * mark nobody can foresee. Inside, whatever a model's server might take for control tokens or for
 * the heading of another speaker is taken out.
 */
final class Fence {
  private static final Pattern CONTROL_TOKENS =
      Pattern.compile(
          "<\\|[^|<>]{0,40}\\|>"
              + "|<\\x{FF5C}[^\\x{FF5C}<>]{0,40}\\x{FF5C}>"
              + "|\\[/?INST\\]|<</?SYS>>"
              + "|</?(?:s|bos|eos|unk|pad)>"
              + "|<(?:start|end)_of_turn>",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ROLE_HEADINGS =
      Pattern.compile(
          "(?im)^[ \\t]*(?:#{1,6}[ \\t]*)?"
              + "(?:system|assistant|user|human|instructions?|response)[ \\t]*:[ \\t]*");

  private final String mark;

  private Fence(String mark) {
    this.mark = mark;
  }

  /**
   * A fence for one job: the same in all its prompts, so that servers can reuse what they have
   * read, and random otherwise.
   */
  static Fence forJob(JobId id) {
    long random = id.value().getLeastSignificantBits();
    return new Fence(String.format("%010x", random & 0xFF_FFFF_FFFFL));
  }

  String mark() {
    return mark;
  }

  /** A block of material called {@code name}. */
  String block(String name, String material) {
    return "<<<" + name + " " + mark + "\n" + harmless(material) + "\n" + mark + " " + name + ">>>";
  }

  private String harmless(String material) {
    String text = FreeText.clean(material);
    String before;
    do { // what is left over when a token is taken out may form another
      before = text;
      text = CONTROL_TOKENS.matcher(text).replaceAll("");
    } while (!text.equals(before));
    return ROLE_HEADINGS.matcher(text).replaceAll("").replace(mark, "");
  }
}
