package io.contentcrew.app;

import io.helidon.http.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Reads the web page's files, once: from the program's own jar, or from a folder. */
final class SiteReader {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.app");

  private static final String OTHER = "application/octet-stream";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("xml", "application/xml"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("avif", "image/avif"),
          Map.entry("woff", "font/woff"),
          Map.entry("woff2", "font/woff2"));

  /** What is packed already, or too small to gain by it. */
  private static final List<String> PACKED =
      List.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "font/", OTHER);

  private static final int SMALL = 1024;

  private SiteReader() {}

  /** Reads what is there; a page that was not built has no files. */
  static Site read(SitePlace place) {
    if (place.none()) {
      return new Site(Map.of());
    }
    try {
      if (place.folder().isPresent()) {
        return files(place.folder().get());
      }
      @Nullable URL start = SiteReader.class.getResource("/site/index.html");
      return start == null ? new Site(Map.of()) : at(start);
    } catch (IOException e) {
      throw new UncheckedIOException("the web page's files cannot be read", e);
    }
  }

  /** Reads what lies beside a start page. */
  static Site at(URL start) throws IOException {
    try {
      if (start.openConnection() instanceof JarURLConnection jar) {
        Path file = Path.of(jar.getJarFileURL().toURI());
        try (FileSystem inside = FileSystems.newFileSystem(file, Map.of())) {
          return files(inside.getPath("/site"));
        }
      }
      return files(Path.of(start.toURI()).resolveSibling(".").normalize());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where the program is has no address", e);
    }
  }

  private static Site files(Path root) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(root.relativize(file).toString().replace('\\', '/'), file);
      }
    }
    Map<String, SiteFile> files = new TreeMap<>();
    for (Map.Entry<String, Path> entry : found.entrySet()) {
      String name = entry.getKey();
      if (Site.isTaken("/" + name)) {
        LOG.log(Level.WARNING, "The web page has {0}, where the service itself answers", name);
      } else if (!isPackedForm(name, found)) {
        Optional<byte[]> gzip = packed(found.get(name + ".gz"));
        Optional<byte[]> brotli = packed(found.get(name + ".br"));
        files.put(name, file(name, Files.readAllBytes(entry.getValue()), gzip, brotli));
      }
    }
    return new Site(files);
  }

  /** Whether it is another file, packed beforehand. */
  private static boolean isPackedForm(String name, Map<String, Path> all) {
    int dot = name.lastIndexOf('.');
    return (name.endsWith(".gz") || name.endsWith(".br"))
        && all.containsKey(name.substring(0, dot));
  }

  /**
   * A file with what belongs to it.
   *
   * @param gzip packed so, if somebody has done that; else it is done here, where it helps
   */
  static SiteFile file(String name, byte[] bytes, Optional<byte[]> gzip, Optional<byte[]> brotli)
      throws IOException {
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), OTHER);
    boolean gains = bytes.length > SMALL && PACKED.stream().noneMatch(type::startsWith);
    Optional<Header> policy =
        name.endsWith(".html") ? Optional.of(PagePolicy.of(bytes)) : Optional.empty();
    return new SiteFile(
        type,
        bytes,
        gzip.isPresent() || !gains ? gzip : Optional.of(gzip(bytes)),
        brotli,
        HexFormat.of().formatHex(PagePolicy.sha256(bytes), 0, 12),
        name.startsWith("_next/static/") ? SiteFile.FOR_EVER : SiteFile.ASK_AGAIN,
        policy);
  }

  private static Optional<byte[]> packed(@Nullable Path file) throws IOException {
    return file == null ? Optional.empty() : Optional.of(Files.readAllBytes(file));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
