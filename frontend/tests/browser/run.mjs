// The reader's tasks in a real browser: both builds of the page, the real service with the offline writer, Debian's Chromium.
//   npm run test:browser [-- --build static|server] [--only NAME,...] [--site DIR] [--shots] [--list]
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Api } from "./lib/api.mjs";
import { launch } from "./lib/browser.mjs";
import { freePort } from "./lib/children.mjs";
import { RESULTS } from "./lib/places.mjs";
import { Service, Web } from "./lib/service.mjs";
import { runTask } from "./lib/task.mjs";
import { TASKS } from "./tasks/all.mjs";

const { values: options } = parseArgs({
  options: {
    build: { type: "string" },
    only: { type: "string" },
    site: { type: "string" }, // a folder with a static build, instead of the one in the jar
    shots: { type: "boolean", default: false }, // pictures of every state, for people to look at
    list: { type: "boolean", default: false },
  },
});
const builds = options.build ? [options.build] : ["static", "server"];
if (builds.some((build) => build !== "static" && build !== "server")) {
  process.stderr.write(`--build is static or server, not ${options.build}\n`);
  process.exit(64);
}
const only = options.only?.split(",");
const chosen = builds.flatMap((build) =>
  TASKS.filter((task) => task.builds.includes(build) && (!only || only.some((name) => task.name.includes(name)))).map(
    (task) => ({ build, task }),
  ),
);
if (options.list || chosen.length === 0) {
  process.stdout.write(TASKS.map((task) => `${task.name}  (${task.builds.join(", ")})\n`).join(""));
  process.exit(options.list ? 0 : 64);
}

process.exitCode = await main();
process.exit();

async function main() {
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "crew-page-"));
  const begun = Date.now();
  const failed = [];
  let service;
  let web;
  let browser;
  try {
    const webPort = await freePort();
    service = await Service.make({ folder, webPort, site: options.site && resolve(options.site) });
    await service.start();
    if (chosen.some(({ build }) => build === "server")) {
      web = new Web(webPort, folder);
      await web.start(service.url);
    }
    browser = await launch();
    for (const { build, task } of chosen) {
      const origin = build === "server" ? web.url : service.url;
      const fault = await runTask(task, {
        build,
        browser,
        service,
        origin,
        api: new Api(service.url),
        logs: [service.log, ...(build === "server" ? [web.log] : [])],
        shots: options.shots,
      });
      if (fault) {
        failed.push(`${build} ${task.name}`);
      }
    }
  } finally {
    await browser?.close().catch(() => undefined);
    await web?.stop();
    await service?.stop();
  }
  rmSync(folder, { recursive: true, force: true });
  const seconds = Math.round((Date.now() - begun) / 1000);
  process.stdout.write(
    failed.length === 0
      ? `\n${chosen.length} tasks went well, in ${seconds} s\n`
      : `\n${failed.length} of ${chosen.length} tasks failed, in ${seconds} s: ${failed.join(", ")}\npictures and logs are in ${RESULTS}\n`,
  );
  return failed.length === 0 ? 0 : 1;
}
