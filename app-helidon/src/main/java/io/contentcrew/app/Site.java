package io.contentcrew.app;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The web page: all of its files, held in memory. What is not in here is not sent, whatever an
 * address says. Immutable.
 */
final class Site {
  /** The first parts of addresses that belong to the service itself. */
  private static final Set<String> TAKEN =
      Set.of("v1", "api", "health", "metrics", "docs", "openapi.yaml", "test-payments");

  private final Map<String, SiteFile> files;

  Site(Map<String, SiteFile> files) {
    this.files = Map.copyOf(files);
  }

  /** Whether there is a page at all. */
  boolean isBuilt() {
    return files.containsKey("index.html");
  }

  /** Whether an address is the service's own, so that no file can be there. */
  static boolean isTaken(String path) {
    int begin = path.startsWith("/") ? 1 : 0;
    int end = path.indexOf('/', begin);
    return TAKEN.contains(path.substring(begin, end < 0 ? path.length() : end));
  }

  /** The page that one begins with. */
  Optional<SiteFile> start() {
    return file("index.html");
  }

  /** What to show where nothing is. */
  Optional<SiteFile> notFound() {
    return file("404.html");
  }

  /**
   * The file of an address: with exactly that name, or a page, which may be named without its
   * ending.
   */
  Optional<SiteFile> at(String path) {
    if (!path.startsWith("/") || isTaken(path)) {
      return Optional.empty();
    }
    String name = path.substring(1);
    String page = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return page.isEmpty()
        ? start()
        : file(name).or(() -> file(page + "/index.html")).or(() -> file(page + ".html"));
  }

  private Optional<SiteFile> file(String name) {
    return Optional.ofNullable(files.get(name));
  }
}
