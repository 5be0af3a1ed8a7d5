package io.contentcrew.domain.generation;

import io.contentcrew.domain.Format;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a reader asks the crew for. Free text is normalised: line ends become {@code \n}, other
 * control characters and unpaired surrogates are dropped, and white space around it is removed.
 *
 * @param topic 1 to {@value #MAX_TOPIC} code points
 * @param formats at least one
 * @param audience for whom, up to {@value #MAX_AUDIENCE} code points
 * @param brandVoice a sample of text whose voice is to be met, up to {@value #MAX_BRAND_VOICE} code
 *     points
 */
public record Brief(
    String topic,
    Set<Format> formats,
    Tone tone,
    Length length,
    Language language,
    Optional<String> audience,
    Optional<String> brandVoice) {
  /** The longest topic, in code points. */
  public static final int MAX_TOPIC = 5_000;

  /** The longest audience, in code points. */
  public static final int MAX_AUDIENCE = 500;

  /** The longest sample of a brand voice, in code points. */
  public static final int MAX_BRAND_VOICE = 5_000;

  public Brief {
    topic = FreeText.clean(topic);
    if (topic.isEmpty() || FreeText.length(topic) > MAX_TOPIC) {
      throw new IllegalArgumentException("a topic has 1 to " + MAX_TOPIC + " characters");
    }
    if (formats.isEmpty()) {
      throw new IllegalArgumentException("a brief needs at least one format");
    }
    formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
    Objects.requireNonNull(tone, "tone");
    Objects.requireNonNull(length, "length");
    Objects.requireNonNull(language, "language");
    audience = optional(audience, MAX_AUDIENCE, "an audience");
    brandVoice = optional(brandVoice, MAX_BRAND_VOICE, "a brand voice");
  }

  private static Optional<String> optional(Optional<String> text, int max, String what) {
    Optional<String> cleaned = text.map(FreeText::clean).filter(s -> !s.isEmpty());
    if (cleaned.isPresent() && FreeText.length(cleaned.get()) > max) {
      throw new IllegalArgumentException(what + " has up to " + max + " characters");
    }
    return cleaned;
  }

  /**
   * A brief for a blog post of medium length in professional English; change it with the {@code
   * with} methods.
   */
  public static Brief about(String topic) {
    return new Brief(
        topic,
        EnumSet.of(Format.BLOG),
        Tone.PROFESSIONAL,
        Length.MEDIUM,
        Language.ENGLISH,
        Optional.empty(),
        Optional.empty());
  }

  /** A copy that asks for these formats. */
  public Brief withFormats(Format first, Format... others) {
    EnumSet<Format> all = EnumSet.of(first);
    all.addAll(Arrays.asList(others));
    return withFormats(all);
  }

  /** A copy that asks for these formats. */
  public Brief withFormats(Set<Format> changed) {
    return new Brief(topic, changed, tone, length, language, audience, brandVoice);
  }

  /** A copy in another tone. */
  public Brief withTone(Tone changed) {
    return new Brief(topic, formats, changed, length, language, audience, brandVoice);
  }

  /** A copy of another length. */
  public Brief withLength(Length changed) {
    return new Brief(topic, formats, tone, changed, language, audience, brandVoice);
  }

  /** A copy in another language. */
  public Brief withLanguage(Language changed) {
    return new Brief(topic, formats, tone, length, changed, audience, brandVoice);
  }

  /** A copy for another audience. */
  public Brief withAudience(String changed) {
    return new Brief(topic, formats, tone, length, language, Optional.of(changed), brandVoice);
  }

  /** A copy that meets the voice of {@code sample}. */
  public Brief withBrandVoice(String sample) {
    return new Brief(topic, formats, tone, length, language, audience, Optional.of(sample));
  }
}
