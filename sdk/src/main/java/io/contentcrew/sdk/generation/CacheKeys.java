package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.ports.generation.ContentCache;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;

/**
 * The key under which a job's pieces are remembered: a hash of all that they depend on, white space
 * apart.
 */
final class CacheKeys {
  private CacheKeys() {}

  static ContentCache.Key of(Job job) {
    Brief brief = job.brief();
    MessageDigest digest = sha256();
    add(digest, normal(brief.topic()));
    add(digest, brief.formats().toString());
    add(digest, brief.tone().wireName());
    add(digest, brief.length().wireName());
    add(digest, brief.language().tag());
    add(digest, normal(brief.audience().orElse("")));
    add(digest, normal(brief.brandVoice().orElse("")));
    add(digest, job.engine().name().value());
    add(digest, job.engine().model().value());
    add(digest, Prompts.versions(job.crew().tasks()));
    return new ContentCache.Key(HexFormat.of().formatHex(digest.digest()));
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("\\s+", " ");
  }

  /** Adds a text with its length before it, so that two texts never look like two others. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (bytes.length >>> shift));
    }
    digest.update(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
