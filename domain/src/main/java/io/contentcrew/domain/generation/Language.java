package io.contentcrew.domain.generation;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A language by its BCP 47 tag (RFC 5646) in canonical case, for example {@code en}, {@code pt-BR}
 * or {@code zh-Hant}.
 */
public record Language(String tag) {
  private static final Set<String> KNOWN = Set.of(Locale.getISOLanguages());

  /** English: what is written when nothing else is asked for. */
  public static final Language ENGLISH = new Language("en");

  public Language {
    Locale locale;
    try {
      locale = new Locale.Builder().setLanguageTag(tag).build();
    } catch (IllformedLocaleException e) {
      throw notALanguage();
    }
    String language = locale.getLanguage();
    if (tag.length() > 35
        || language.isEmpty()
        || language.length() > 3 // the shape allows "english", but no language has such a tag
        || (language.length() == 2 && !KNOWN.contains(language))) {
      throw notALanguage();
    }
    tag = locale.toLanguageTag();
  }

  /** The language of that tag, or empty when it is no tag of a language. */
  public static Optional<Language> parse(String tag) {
    try {
      return Optional.of(new Language(tag));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The primary language without region or script, for example {@code pt}. */
  public String primary() {
    return locale().getLanguage();
  }

  /**
   * The name in English, for example {@code Portuguese (Brazil)}: models understand it better than
   * a tag.
   */
  public String englishName() {
    return locale().getDisplayName(Locale.ENGLISH);
  }

  /** Whether it is usually written in Latin letters, as far as we know. */
  public boolean isWrittenInLatinScript() {
    return !LanguageCheck.hasOtherScript(this);
  }

  private Locale locale() {
    return Locale.forLanguageTag(tag);
  }

  private static IllegalArgumentException notALanguage() {
    return new IllegalArgumentException("a language is a BCP 47 tag such as en, pt-BR or zh-Hant");
  }

  @Override
  public String toString() {
    return tag;
  }
}
