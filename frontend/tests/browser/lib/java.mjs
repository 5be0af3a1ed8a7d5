// Finds a JDK as ./crew does: CREW_JAVA_HOME, JAVA_HOME, else the newest in the usual folders, version 21 or later.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const OLDEST = 21;
const FOLDERS = ["/usr/lib/jvm", "/usr/java", "/opt/java", "/opt", `${process.env.HOME}/.sdkman/candidates/java`];

export function javaVersion(home) {
  try {
    const release = readFileSync(join(home, "release"), "utf8");
    return Number(/^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(release)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

export function findJava() {
  const named = [process.env.CREW_JAVA_HOME, process.env.JAVA_HOME].find((home) => home && javaVersion(home) >= OLDEST);
  if (named) {
    return named;
  }
  const homes = FOLDERS.filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((home) => javaVersion(home) >= OLDEST && existsSync(join(home, "bin/java")))
    .sort((a, b) => javaVersion(b) - javaVersion(a));
  if (!homes[0]) {
    throw new Error("no JDK 21 or later found: set JAVA_HOME to one");
  }
  return homes[0];
}
