package io.contentcrew.adapters.embeddedpostgres;

import io.contentcrew.ports.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What is where below the data folder: the server's own folder, its log, the password that all its
 * roles have, and a lock that one process at a time holds.
 */
record DataFolder(Path path) {
  Path cluster() {
    return path.resolve("cluster");
  }

  Path log() {
    return path.resolve("server.log");
  }

  Path passwordFile() {
    return path.resolve("password");
  }

  Path processFile() {
    return cluster().resolve("postmaster.pid");
  }

  /** What the server writes down about itself while it runs. */
  record ServerProcess(long id, int port, boolean ready) {}

  /** The server that says it runs on this folder; it may be gone. */
  Optional<ServerProcess> process() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(processFile());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() < 4) {
      return Optional.empty(); // it is just being written
    }
    try {
      return Optional.of(
          new ServerProcess(
              Long.parseLong(lines.get(0).strip()),
              Integer.parseInt(lines.get(3).strip()),
              lines.size() > 7 && lines.get(7).strip().equals("ready")));
    } catch (NumberFormatException e) {
      throw new IOException(processFile() + " does not say which process the server is", e);
    }
  }

  /** Whether that process lives and is a server on this folder, not one that got its number. */
  boolean lives(ServerProcess process) {
    return ProcessHandle.of(process.id)
        .filter(ProcessHandle::isAlive)
        .map(handle -> isServer(handle.info()))
        .orElse(false);
  }

  private boolean isServer(ProcessHandle.Info info) {
    boolean named = info.command().map(command -> command.contains("postgres")).orElse(true);
    boolean here =
        info.arguments().map(arguments -> List.of(arguments)).stream()
            .allMatch(arguments -> arguments.contains(cluster().toString()));
    return named && here;
  }

  /** The password; made when it is asked for the first time. */
  Secret password() throws IOException {
    if (!Files.exists(passwordFile())) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Folders.createFile(passwordFile());
      Files.writeString(passwordFile(), HexFormat.of().formatHex(random));
    }
    return Secret.of(Files.readString(passwordFile()).strip());
  }
}
