package io.contentcrew.adapters.llmhttp;

import io.contentcrew.ports.generation.ModelFault;

/** What the statuses mean that all servers use alike. */
public final class Refusals {
  private Refusals() {}

  /**
   * The failure that a status other than 200 tells of.
   *
   * @param product the name of the server's product
   * @param words what the server says of it, empty if nothing
   */
  public static AnswerException of(Reply reply, Endpoint endpoint, String product, String words) {
    String where = product + " at " + endpoint;
    int status = reply.status();
    AnswerException failure =
        switch (status) {
          case 401, 403 ->
              new AnswerException(
                  ModelFault.REJECTED,
                  where
                      + " does not let us in (status "
                      + status
                      + "). Check the key, or its rights");
          case 408, 425, 429, 503, 529 ->
              new AnswerException(ModelFault.BUSY, where + " has too much to do (" + status + ")");
          default -> other(status, where, endpoint);
        };
    boolean discreet = status == 401 || status == 403; // servers like to repeat the key they got
    return (discreet ? failure : failure.saying(words)).retryAfter(reply.retryAfter());
  }

  private static AnswerException other(int status, String where, Endpoint endpoint) {
    if (status >= 500 || status == 499) {
      return new AnswerException(ModelFault.MODEL_ERROR, where + " failed (" + status + ")");
    }
    if (status >= 400 && status != 404 && status != 405) {
      return new AnswerException(
          ModelFault.REJECTED, where + " refused the request as wrong (" + status + ")");
    }
    return new AnswerException(
        ModelFault.PROTOCOL,
        "What answers at "
            + endpoint
            + " with status "
            + status
            + (status >= 300 && status < 400
                ? " sends us elsewhere, and redirects are not followed. Give the final address"
                : " is something else. Correct the address"));
  }
}
