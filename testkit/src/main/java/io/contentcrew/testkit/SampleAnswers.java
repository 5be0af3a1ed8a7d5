package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.generation.Task;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a well-behaved model answers to each task: sense enough that every check passes. */
final class SampleAnswers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final String[] HEADINGS = {
    "Where to begin",
    "What makes it work",
    "A closer look",
    "How to keep going",
    "Mistakes to avoid",
    "What comes after"
  };

  private SampleAnswers() {}

  /** The answer to {@code task} for {@code brief}: Markdown for prose, else JSON. */
  static String of(Task task, Brief brief) {
    return switch (task) {
      case RESEARCH -> research(brief);
      case WRITE -> article(brief, 0);
      case EDIT -> article(brief, 3);
      case SOCIAL -> social(brief).toString();
      case AUDIO -> audio(brief).toString();
      case VIDEO -> video(brief).toString();
    };
  }

  private static String research(Brief brief) {
    Sentences sentences = Sentences.of(brief.language(), 0);
    StringBuilder notes = new StringBuilder("- ").append(topic(brief, 40)).append('\n');
    for (int i = 0; i < 10; i++) {
      notes.append("- ").append(sentences.next()).append('\n');
    }
    return notes.toString();
  }

  private static String article(Brief brief, int from) {
    Sentences sentences = Sentences.of(brief.language(), from);
    int sections = sections(brief.length());
    int target = brief.length().articleWords();
    StringBuilder markdown = new StringBuilder("# ").append(subject(brief));
    if (brief.language().primary().equals("en")) {
      markdown.append(": a practical guide");
    } else {
      markdown.append(": ").append(withoutStop(sentences.next()));
    }
    markdown.append("\n\n").append(topic(brief, 60)).append(". ");
    markdown.append(sentences.words(target / 9)).append("\n\n");
    for (int i = 0; i < sections; i++) {
      markdown.append("## ").append(heading(brief, sentences, i)).append("\n\n");
      markdown.append(sentences.words(target * 7 / 9 / sections)).append("\n\n");
    }
    markdown.append("## Conclusion\n\n").append(sentences.words(target / 10)).append('\n');
    return markdown.toString();
  }

  private static String heading(Brief brief, Sentences sentences, int i) {
    return brief.language().primary().equals("en") ? HEADINGS[i] : withoutStop(sentences.next());
  }

  private static int sections(Length length) {
    return switch (length) {
      case SHORT -> 3;
      case MEDIUM -> 4;
      case LONG -> 6;
    };
  }

  private static ObjectNode social(Brief brief) {
    Sentences sentences = Sentences.of(brief.language(), 142); // the longest article ends before
    ObjectNode posts = JSON.objectNode();
    posts.put("linkedin", subject(brief) + ". " + sentences.words(95));
    posts.put("x", subject(brief) + ". " + sentences.next());
    posts.put("facebook", subject(brief) + ". " + sentences.words(75));
    posts.put("instagram", subject(brief) + ". " + sentences.words(35));
    posts.set("hashtags", strings(List.of("#Ideas", "#Practice", "#Story", "#Growth")));
    posts.put("call_to_action", sentences.next());
    return posts;
  }

  private static ObjectNode audio(Brief brief) {
    Sentences sentences = Sentences.of(brief.language(), 60);
    int words = brief.length().spokenWords();
    ObjectNode script = JSON.objectNode();
    script.put("intro_hook", subject(brief) + ". " + sentences.words(words / 8));
    ArrayNode sections = script.putArray("sections");
    for (int i = 0; i < 3; i++) {
      ObjectNode section = sections.addObject();
      section.put("heading", heading(brief, sentences, i));
      section.put("text", sentences.words(words / 4));
    }
    script.put("conclusion", sentences.words(words / 8));
    script.put("pacing_notes", sentences.next());
    return script;
  }

  private static ObjectNode video(Brief brief) {
    Sentences sentences = Sentences.of(brief.language(), 70);
    int words = brief.length().spokenWords();
    ObjectNode script = JSON.objectNode();
    script.put("hook", subject(brief) + ". " + sentences.words(words / 8));
    ArrayNode scenes = script.putArray("scenes");
    for (int i = 0; i < 4; i++) {
      ObjectNode scene = scenes.addObject();
      scene.put("narration", sentences.words(words / 6));
      scene.put("visual_cue", withoutStop(sentences.next()));
      scene.put("on_screen_text", firstWords(withoutStop(sentences.next()), 3));
    }
    script.put("conclusion", sentences.words(words / 8));
    return script;
  }

  private static ArrayNode strings(List<String> strings) {
    ArrayNode array = JSON.arrayNode();
    strings.forEach(array::add);
    return array;
  }

  /** The topic in a few words, at most 60 characters. */
  private static String subject(Brief brief) {
    String words = firstWords(topic(brief, 60), 8);
    int end = Math.min(words.length(), 60);
    if (end > 0 && Character.isHighSurrogate(words.charAt(end - 1))) {
      end--;
    }
    return words.substring(0, end).strip();
  }

  /** The words of the topic, without anything that Markdown or a check could stumble over. */
  private static String topic(Brief brief, int words) {
    String plain = brief.topic().replaceAll("[^\\p{L}\\p{M}\\p{N}'\u2019-]+", " ").strip();
    return plain.isEmpty() ? "Ideas worth a try" : firstWords(plain, words);
  }

  private static String firstWords(String text, int count) {
    return Arrays.stream(text.split(" ", -1)).limit(count).collect(Collectors.joining(" "));
  }

  private static String withoutStop(String sentence) {
    return sentence.substring(0, sentence.length() - 1);
  }
}
