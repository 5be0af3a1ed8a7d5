package io.contentcrew.domain.user;

/** What names of all kinds have in common. */
final class Names {
  /** Whether there is something to show, at most so many characters, none of them for control. */
  static boolean isName(String name, int mostCharacters) {
    String bare = name.strip();
    return !bare.isEmpty()
        && bare.length() <= mostCharacters
        && bare.codePoints().noneMatch(Character::isISOControl);
  }

  private Names() {}
}
