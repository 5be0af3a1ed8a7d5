package io.contentcrew.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the web page's files are.
 *
 * @param folder the folder that holds them; without it they are in the program, if they are
 *     anywhere
 */
record SitePlace(boolean none, Optional<Path> folder) {
  static SitePlace read(Environment from) {
    Optional<Path> folder = from.file("SITE_DIR");
    boolean none = folder.filter(path -> path.toString().equals("none")).isPresent();
    if (folder.isPresent() && !none && !Files.isReadable(folder.get().resolve("index.html"))) {
      from.problem(
          "SITE_DIR must be a folder with the built web page (npm run build:static in frontend/"
              + " makes frontend/out), or none.");
    }
    return new SitePlace(none, none ? Optional.empty() : folder);
  }
}
