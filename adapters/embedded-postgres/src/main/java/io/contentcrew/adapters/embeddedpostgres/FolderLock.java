package io.contentcrew.adapters.embeddedpostgres;

import io.contentcrew.ports.PortUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes a data folder one process's own; goes with the process, however that ends. */
final class FolderLock implements AutoCloseable {
  /**
   * The folders this process has. Asking the system would not do: closing the file of a second
   * attempt would give up the lock of the first one (POSIX fcntl).
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws PortUnavailableException if a process has it
   */
  static FolderLock take(Path folder) throws IOException {
    if (!OURS.add(folder)) {
      throw inUse(folder, "this process");
    }
    Path owner = folder.resolve("owner");
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        String name = Files.exists(owner) ? Files.readString(owner).strip() : "another one";
        throw inUse(folder, "process " + name);
      }
      Files.writeString(owner, Long.toString(ProcessHandle.current().pid()));
      taken = true;
      return new FolderLock(folder, channel);
    } finally {
      if (!taken) {
        if (channel != null) {
          channel.close();
        }
        OURS.remove(folder);
      }
    }
  }

  private static PortUnavailableException inUse(Path folder, String who) {
    return new PortUnavailableException(
        "the data folder %s is in use by %s: stop that, or choose another data folder"
            .formatted(folder, who),
        null);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    OURS.remove(folder);
  }
}
