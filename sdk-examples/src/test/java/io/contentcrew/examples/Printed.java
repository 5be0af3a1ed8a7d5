package io.contentcrew.examples;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs a program and keeps what it prints. */
final class Printed {
  /** A program's {@code main} with its arguments. */
  interface Program {
    void run() throws Exception;
  }

  private Printed() {}

  /** All that {@code program} prints. */
  static String by(Program program) throws Exception {
    return String.join("", piecesBy(program));
  }

  /** What {@code program} prints, in the pieces in which it left the program. */
  static List<String> piecesBy(Program program) throws Exception {
    List<String> pieces = new ArrayList<>();
    PrintStream before = System.out;
    System.setOut(new PrintStream(into(pieces), false, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return pieces;
  }

  private static OutputStream into(List<String> pieces) {
    return new ByteArrayOutputStream() {
      @Override
      public synchronized void write(byte[] bytes, int offset, int length) {
        pieces.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
      }
    };
  }
}
