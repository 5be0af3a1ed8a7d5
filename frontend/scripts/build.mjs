// Builds one of the two: `node scripts/build.mjs static` makes out/, `... server` makes dist/server/, ready to be run or copied.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { compress } from "./compress.mjs";
import { checkFirstLoad } from "./first-load.mjs";

const home = fileURLToPath(new URL("..", import.meta.url));
const target = process.argv[2];
if (target !== "static" && target !== "server") {
  process.stderr.write("Say which: node scripts/build.mjs static|server\n");
  process.exit(64);
}

const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
const built = spawnSync(process.execPath, [next, "build"], {
  cwd: home,
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", WEB_TARGET: target },
});
if (built.status !== 0) {
  process.exit(built.status ?? 1);
}

if (target === "server") {
  const to = `${home}dist/server`;
  rmSync(to, { recursive: true, force: true });
  cpSync(`${home}.next/standalone`, to, { recursive: true, verbatimSymlinks: true });
  cpSync(`${home}.next/static`, `${to}/.next/static`, { recursive: true });
  if (existsSync(`${home}public`)) {
    cpSync(`${home}public`, `${to}/public`, { recursive: true });
  }
}

if (target === "static") {
  try {
    const packed = await compress(`${home}out`);
    const bytes = await checkFirstLoad(`${home}out`);
    process.stdout.write(
      `${packed.files} files packed, ${kb(packed.before)} to ${kb(packed.after)}. First load of the studio: ${kb(bytes)} of scripts\n`,
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

function kb(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
