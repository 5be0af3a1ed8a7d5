package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The clock must not tell which accounts are there, or are old. The shortest of many runs is
 * compared, which a busy machine lengthens least, and the bounds are wide: a cheaper hash of cost 4
 * that is not made up for takes an eighth of one of cost 7.
 */
@Timeout(120)
class EqualCostTest {
  private final HashingGate gate = new HashingGate(1, 8);

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void every_comparison_takes_as_long_as_a_new_hash() {
    PasswordHasher hasher = new BcryptPasswordHasher(7, gate, () -> true);
    PasswordHasher closed = new BcryptPasswordHasher(7, gate, () -> false);
    PasswordHash cheap = new BcryptPasswordHasher(4, gate, () -> false).hash("password");
    PasswordHash own = hasher.hash("password");
    PasswordHash legacy = hash("$2b$04$", "password");
    PasswordHash dearLegacy = hash("$2b$07$", "password");
    List<Runnable> ways =
        List.of(
            () -> hasher.hash("password"),
            () -> hasher.verify("password", own),
            () -> hasher.verify("wrong", own),
            () -> hasher.verify("password", cheap),
            () -> hasher.verify("wrong", cheap),
            () -> hasher.verify("password", legacy),
            () -> hasher.verify("wrong", legacy),
            () -> hasher.verify("0f".repeat(32), legacy),
            () -> hasher.verify("a zero \0", legacy),
            () -> hasher.verify("x".repeat(1024), dearLegacy),
            () -> hasher.verify("half \uD83D", dearLegacy),
            () -> closed.verify("password", legacy),
            () -> closed.verify("password", dearLegacy),
            () -> hasher.verify("password", new PasswordHash("$2b$31$" + "a".repeat(53))),
            () -> hasher.pretendToVerify("password"));
    long[] shortest = new long[ways.size()];
    Arrays.fill(shortest, Long.MAX_VALUE);
    for (int round = 0; round < 15; round++) {
      for (int way = 0; way < shortest.length; way++) {
        long begin = System.nanoTime();
        ways.get(way).run();
        shortest[way] = Math.min(shortest[way], System.nanoTime() - begin);
      }
    }
    for (int way = 1; way < shortest.length; way++) {
      assertThat(shortest[way])
          .as("nanoseconds of way %s", way)
          .isBetween(shortest[0] / 3, shortest[0] * 3);
    }
  }

  private static PasswordHash hash(String head, String password) {
    String salt = "cvCFvAT199bskxf6ipPwtu";
    int cost = Integer.parseInt(head.substring(4, 6));
    return new PasswordHash(
        head
            + salt
            + BcryptSha256.bcrypt(
                cost, salt, password.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }
}
