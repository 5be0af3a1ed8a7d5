package io.contentcrew.app;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.FreeText;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.generation.Tone;
import io.contentcrew.sdk.generation.SubmitGeneration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a brief from the body of a request; all that is wrong with it is told at once. */
final class BriefForm {
  private final JsonBody body;

  private BriefForm(JsonBody body) {
    this.body = body;
  }

  /** A brief and the key under which it was sent, if there is one. */
  record Form(Brief brief, Optional<String> idempotencyKey) {}

  /**
   * The form in {@code body}.
   *
   * @param keyHeader the header {@code Idempotency-Key}, which means the same as the member of that
   *     name
   */
  static Form read(JsonBody body, Optional<String> keyHeader) {
    return new BriefForm(body).read(keyHeader);
  }

  private Form read(Optional<String> keyHeader) {
    String topic = text("topic", body.text("topic"), Brief.MAX_TOPIC);
    if (topic.isEmpty() && body.isRight()) {
      body.problem(
          "topic", "empty", "The topic must have 1 to " + Brief.MAX_TOPIC + " characters.");
    }
    Set<Format> formats = formats(body.texts("formats", names(Format.values(), Format::wireName)));
    Tone tone =
        named("tone", Tone::ofWireName, names(Tone.values(), Tone::wireName))
            .orElse(Tone.PROFESSIONAL);
    Length length =
        named("length", Length::ofWireName, names(Length.values(), Length::wireName))
            .orElse(Length.MEDIUM);
    Language language =
        body.optionalText("language").flatMap(this::language).orElse(Language.ENGLISH);
    Optional<String> audience =
        body.optionalText("audience").map(text -> text("audience", text, Brief.MAX_AUDIENCE));
    Optional<String> voice =
        body.optionalText("brand_voice")
            .map(text -> text("brand_voice", text, Brief.MAX_BRAND_VOICE));
    Optional<String> key = key(body, keyHeader);
    body.check();
    return new Form(new Brief(topic, formats, tone, length, language, audience, voice), key);
  }

  private String text(String name, String text, int max) {
    String clean = FreeText.clean(text);
    if (FreeText.length(clean) > max) {
      body.problem(name, "too_long", "The member " + name + " may have " + max + " characters.");
    }
    return clean;
  }

  private Set<Format> formats(List<String> names) {
    Set<Format> formats = EnumSet.noneOf(Format.class);
    for (int i = 0; i < names.size(); i++) {
      Optional<Format> format = Format.ofWireName(names.get(i));
      if (format.isEmpty()) {
        body.problem(
            "formats/" + i,
            "unknown",
            "A format is one of " + names(Format.values(), Format::wireName) + ".");
      } else if (!formats.add(format.get())) {
        body.problem("formats/" + i, "repeated", "Name each format once.");
      }
    }
    if (names.isEmpty() && body.isRight()) {
      body.problem(
          "formats",
          "empty",
          "Name at least one of " + names(Format.values(), Format::wireName) + ".");
    }
    return formats;
  }

  private <T> Optional<T> named(
      String name, Function<String, Optional<T>> find, List<String> names) {
    Optional<String> sent = body.optionalText(name);
    Optional<T> found = sent.flatMap(find);
    if (sent.isPresent() && found.isEmpty()) {
      body.problem(name, "unknown", "The member " + name + " is one of " + names + ".");
    }
    return found;
  }

  private Optional<Language> language(String tag) {
    Optional<Language> language = Language.parse(tag);
    if (language.isEmpty()) {
      body.problem(
          "language", "unknown", "A language is a BCP 47 tag such as en, pt-BR or zh-Hant.");
    }
    return language;
  }

  /** The key in the header or in the member of its name; what is wrong with it is noted. */
  static Optional<String> key(JsonBody body, Optional<String> header) {
    Optional<String> member = body.optionalText("idempotency_key");
    if (header.isPresent() && member.isPresent() && !header.equals(member)) {
      body.problem(
          "idempotency_key", "contradicts", "The header Idempotency-Key says something else.");
    }
    Optional<String> key = member.or(() -> header);
    if (key.isPresent() && !SubmitGeneration.Request.isKey(key.get())) {
      body.problem("idempotency_key", "invalid", IdempotencyKeys.RULE);
    }
    return key;
  }

  private static <T> List<String> names(T[] values, Function<T, String> name) {
    return Arrays.stream(values).map(name).toList();
  }
}
