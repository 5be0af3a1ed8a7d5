package io.contentcrew.adapters.llmhttp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Dns;

/**
 * Looks names up so that an interrupt ends the wait: the system's own look-up cannot be
 * interrupted, and takes its time when a name server is away.
 */
final class InterruptibleDns implements Dns {
  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("contentcrew-llm-dns")
        .start(
            () -> {
              try {
                answer.complete(List.of(InetAddress.getAllByName(hostname)));
              } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(hostname, e);
    } catch (ExecutionException e) {
      throw failed(hostname, e);
    }
  }

  private static UnknownHostException failed(String hostname, Throwable cause) {
    UnknownHostException failure = new UnknownHostException(hostname);
    failure.initCause(cause);
    return failure;
  }
}
