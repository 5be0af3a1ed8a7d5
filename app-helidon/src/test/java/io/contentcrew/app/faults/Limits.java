package io.contentcrew.app.faults;

import java.util.Map;

/** How many pieces a user of the cluster may have in a month. */
final class Limits {
  static final int BLOG = 12;
  static final int SOCIAL = 20;
  static final int AUDIO = 5;
  static final int VIDEO = 5;

  /** The same by format. */
  static final Map<String, Integer> BY_FORMAT =
      Map.of("blog", BLOG, "social", SOCIAL, "audio", AUDIO, "video", VIDEO);

  private Limits() {}
}
