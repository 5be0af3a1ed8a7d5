import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

/** The machine's own Chromium: nothing is downloaded. */
function executable() {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (!found) {
    throw new Error("there is no program chromium on the path; on Debian: apt-get install chromium");
  }
  return found;
}

export function launch(options = {}) {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: executable(),
    args: [...(root ? ["--no-sandbox"] : []), "--disable-dev-shm-usage"],
    ...options,
  });
}
