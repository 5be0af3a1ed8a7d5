package io.contentcrew.adapters.memory;

import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Puts the text of one task together. To be used once. */
final class OfflineWriterTexts {
  private static final int THEMES = 8;

  /** Words by which a part may be longer than it should be. */
  private static final int TOLERANCE = 22;

  private final Task task;
  private final Brief brief;
  private final OfflineWriterPhrases phrases;
  private final OfflineWriterTopic topic;
  private final String title;
  private final String quoted;
  private final long dice;
  private final Random random;

  /** How far to go from what the dice say; not 0 where a text is to be another one. */
  private final int turn;

  private OfflineWriterTexts(Prompt prompt) {
    task = prompt.task();
    brief = prompt.brief();
    phrases = OfflineWriterPhrases.in(brief.language());
    topic = new OfflineWriterTopic(brief.topic(), phrases.all("common"));
    title = topic.title().isEmpty() ? phrases.one("no topic") : topic.title();
    String few = topic.shortly().isEmpty() ? phrases.one("no topic") : topic.shortly();
    quoted = phrases.one("quotes").replace("{}", few);
    dice = seed(prompt);
    random = new Random(dice);
    turn = (int) Math.floorMod(prompt.sampling().seed().orElse(0), 1_000L);
  }

  static OfflineWriterTexts of(Prompt prompt) {
    return new OfflineWriterTexts(prompt);
  }

  /**
   * The draft and the edited article are the same but for the title, as if an editor had liked the
   * draft. Which formats are asked for besides does not change a text. The seed of the sampling is
   * left to {@link #turn}: it must lead to another text, and dice may fall alike.
   */
  private static long seed(Prompt prompt) {
    Brief brief = prompt.brief();
    long seed = 0;
    Task kind = prompt.task() == Task.EDIT ? Task.WRITE : prompt.task();
    for (String part :
        List.of(
            kind.wireName(),
            brief.topic(),
            brief.tone().wireName(),
            brief.length().wireName(),
            brief.language().tag(),
            brief.audience().orElse(""))) {
      seed = seed * 31 + part.hashCode();
    }
    return seed;
  }

  /** The answer to the prompt. */
  String write() {
    return switch (task) {
      case RESEARCH -> research();
      case WRITE, EDIT -> article();
      case SOCIAL -> social();
      case AUDIO -> audio();
      case VIDEO -> video();
    };
  }

  private String research() {
    List<String> notes = new ArrayList<>(all("research"));
    keyWords().ifPresent(line -> notes.add(1, line));
    audience().ifPresent(line -> notes.add(2, line));
    return "- " + String.join("\n- ", notes);
  }

  private String article() {
    StringBuilder out = new StringBuilder("# ");
    out.append(task == Task.EDIT ? any("title") : one("draft title"));
    List<String> opening = new ArrayList<>(List.of(one("open " + brief.tone().wireName())));
    keyWords().ifPresent(opening::add);
    audience().ifPresent(opening::add);
    opening.addAll(all("intro").subList(0, byLength(2, 3, 4)));
    out.append("\n\n").append(paragraphs(opening));
    for (int theme : themes(byLength(3, 5, THEMES))) {
      out.append("\n\n## ").append(one("heading " + theme)).append("\n\n");
      out.append(paragraphs(some("theme " + theme, byLength(62, 95, 118))));
    }
    List<String> closing = new ArrayList<>(all("conclusion").subList(0, byLength(2, 3, 4)));
    closing.add(one("close " + brief.tone().wireName()));
    out.append("\n\n## ").append(one("closing heading")).append("\n\n");
    return out.append(paragraphs(closing)).append('\n').toString();
  }

  private String social() {
    List<String> tags = new ArrayList<>(topic.tags());
    all("tags").stream()
        .filter(tag -> tags.stream().noneMatch(tag::equalsIgnoreCase))
        .forEach(tags::add);
    List<String> facebook = opened("hook", all("facebook"));
    facebook.addFirst(voice());
    return new OfflineWriterJson()
        .add("linkedin", paragraphs(opened("hook", all("linkedin"))))
        .add("x", any("x"))
        .add("facebook", paragraphs(facebook))
        .add("instagram", String.join("\n", opened("x", all("instagram"))))
        .addTexts("hashtags", tags.stream().map(tag -> "#" + tag).toList())
        .add("call_to_action", any("call to action"))
        .toString();
  }

  private String audio() {
    List<OfflineWriterJson> sections = new ArrayList<>();
    for (int theme : themes(byLength(2, 4, 7))) {
      sections.add(
          new OfflineWriterJson()
              .add("heading", one("heading " + theme))
              .add("text", String.join(" ", some("theme " + theme, byLength(38, 52, 66)))));
    }
    return new OfflineWriterJson()
        .add("intro_hook", any("hook") + " " + voice())
        .addObjects("sections", sections)
        .add("conclusion", any("spoken end"))
        .add("pacing_notes", one("pacing"))
        .toString();
  }

  private String video() {
    List<OfflineWriterJson> scenes = new ArrayList<>();
    for (int scene : themes(byLength(3, 5, THEMES))) {
      scenes.add(
          new OfflineWriterJson()
              .add("narration", String.join(" ", some("scene " + scene, byLength(26, 38, 60))))
              .add("visual_cue", one("cue " + scene))
              .add("on_screen_text", one("screen " + scene)));
    }
    return new OfflineWriterJson()
        .add("hook", any("hook") + " " + voice())
        .addObjects("scenes", scenes)
        .add("conclusion", any("spoken end"))
        .toString();
  }

  /** Sentences that go the same way each time; another text begins in another way. */
  private List<String> opened(String phrases, List<String> sentences) {
    List<String> opened = new ArrayList<>(sentences);
    if (turn != 0) {
      opened.set(0, any(phrases));
    }
    return opened;
  }

  private String voice() {
    return one("voice " + brief.tone().wireName());
  }

  /** A line with what a reader would miss, had only the shortened topic been named. */
  private Optional<String> keyWords() {
    List<String> missing = topic.keyWordsBeyond(title);
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(one("key words").replace("{keywords}", String.join(", ", missing)));
  }

  private Optional<String> audience() {
    return brief
        .audience()
        .map(audience -> new OfflineWriterTopic(audience, List.of()).title())
        .filter(audience -> !audience.isEmpty())
        .map(audience -> one("audience").replace("{audience}", audience));
  }

  private int byLength(int shortOne, int mediumOne, int longOne) {
    return switch (brief.length()) {
      case Length.SHORT -> shortOne;
      case Length.MEDIUM -> mediumOne;
      case Length.LONG -> longOne;
    };
  }

  /** So many of the themes, in their order; the first one is always there. */
  private List<Integer> themes(int count) {
    List<Integer> others = new ArrayList<>(IntStream.rangeClosed(2, THEMES).boxed().toList());
    Collections.shuffle(others, random);
    Collections.rotate(others, turn);
    TreeSet<Integer> chosen = new TreeSet<>(others.subList(0, count - 1));
    chosen.add(1);
    return List.copyOf(chosen);
  }

  /**
   * Some of the phrases, in their order and the first one among them, with about that many words.
   */
  private List<String> some(String name, int words) {
    List<List<String>> groups = phrases.groups(name);
    List<Integer> order = new ArrayList<>(IntStream.range(1, groups.size()).boxed().toList());
    Collections.shuffle(order, random);
    Collections.rotate(order, turn);
    order.addFirst(0);
    TreeSet<Integer> chosen = new TreeSet<>();
    int count = 0;
    for (int index : order) {
      int more = Words.count(String.join(" ", groups.get(index)));
      if (chosen.isEmpty() || (count < words && count + more < words + TOLERANCE)) {
        chosen.add(index);
        count += more;
      }
    }
    return chosen.stream().flatMap(index -> groups.get(index).stream()).map(this::filled).toList();
  }

  private List<String> all(String name) {
    return phrases.all(name).stream().map(this::filled).toList();
  }

  private String one(String name) {
    return filled(phrases.one(name));
  }

  /** One of the phrases: for the next turn the next one, whatever else has been written. */
  private String any(String name) {
    List<String> all = phrases.all(name);
    int first = new Random(dice + name.hashCode()).nextInt(all.size());
    return filled(all.get((first + turn) % all.size()));
  }

  private String filled(String phrase) {
    return phrase.replace("{topic}", quoted).replace("{title}", title);
  }

  /** The sentences in paragraphs of three. */
  private static String paragraphs(List<String> sentences) {
    List<String> paragraphs = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i += 3) {
      paragraphs.add(String.join(" ", sentences.subList(i, Math.min(i + 3, sentences.size()))));
    }
    return String.join("\n\n", paragraphs);
  }
}
