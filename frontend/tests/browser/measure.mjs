// Figures of the page, without judging them:
//   npm run measure [-- --build static|server] [--site DIR] [--minutes 3] [--pace 80]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Api } from "./lib/api.mjs";
import { launch } from "./lib/browser.mjs";
import { freePort } from "./lib/children.mjs";
import { Service, Web } from "./lib/service.mjs";
import { brief, ready, tab } from "./lib/steps.mjs";
import { pause } from "./lib/wait.mjs";

const { values: options } = parseArgs({
  options: {
    build: { type: "string", default: "static" },
    site: { type: "string" },
    minutes: { type: "string", default: "3" },
    pace: { type: "string", default: "80" }, // tokens a second of the offline writer; 80 is how the service comes
  },
});
const ALL = ["blog", "social", "audio", "video"];
const VIEW = { width: 1280, height: 800 };

const folder = mkdtempSync(join(tmpdir(), "crew-measure-"));
const webPort = await freePort();
const service = await Service.make({
  folder,
  webPort,
  site: options.site && resolve(options.site),
  settings: { OFFLINE_TOKENS_PER_SECOND: options.pace },
});
let web;
let browser;
try {
  await service.start();
  if (options.build === "server") {
    web = new Web(webPort, folder);
    await web.start(service.url);
  }
  browser = await launch();
  const origin = web?.url ?? service.url;
  const api = new Api(service.url);
  tell("build", `${options.build}, offline writer at ${options.pace} tokens a second, Chromium ${browser.version()}`);
  await scripts(origin);
  await firstWords(origin, api);
  await smoothness(origin, api);
  await memory(origin, api, Number(options.minutes));
} finally {
  await browser?.close();
  await web?.stop();
  await service.stop();
}
rmSync(folder, { recursive: true, force: true });
process.exit();

function tell(name, text) {
  process.stdout.write(`${name.padEnd(34)} ${text}\n`);
}

async function member(origin, api, tier) {
  const account = await api.account(service.url);
  if (tier) {
    await api.upgrade(account, tier);
  }
  const context = await browser.newContext({ baseURL: origin, viewport: VIEW });
  await context.addCookies(account.cookies);
  return { account, context, page: await context.newPage() };
}

/** What comes over the line for a first visit of the studio, nothing being cached. */
async function scripts(origin) {
  const context = await browser.newContext({ baseURL: origin, viewport: VIEW });
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  const files = new Map();
  line.on("Network.responseReceived", ({ requestId, type, response }) => {
    files.set(requestId, {
      type,
      url: new URL(response.url).pathname,
      bytes: 0,
      coding:
        Object.entries(response.headers).find(([name]) => name.toLowerCase() === "content-encoding")?.[1] ?? "plain",
    });
  });
  line.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) {
      file.bytes = encodedDataLength;
    }
  });
  await page.goto("/", { waitUntil: "networkidle" });
  const named = await page.evaluate(async () => {
    const html = await (await fetch("/")).text();
    return [...html.matchAll(/<script[^>]+src="([^"]+)"/g)]
      .filter(([tag]) => !/nomodule/i.test(tag))
      .map(([, src]) => src);
  });
  const all = [...files.values()].filter(({ type, url }) => type === "Script" && url.endsWith(".js"));
  const sum = (list) =>
    `${(list.reduce((total, { bytes }) => total + bytes, 0) / 1024).toFixed(1)} KiB in ${list.length} files`;
  const first = all.filter(({ url }) => named.some((src) => src.includes(url)));
  tell("JavaScript of the first load", `${sum(first)} (${[...new Set(first.map(({ coding }) => coding))].join(", ")})`);
  tell("JavaScript fetched when idle", sum(all.filter((file) => !first.includes(file))));
  for (const kind of ["Document", "Stylesheet", "Font", "Fetch"]) {
    tell(`${kind} of the first load`, sum([...files.values()].filter(({ type }) => type === kind)));
  }
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  tell("first contentful paint", `${Math.round(paint)} ms`);
  await context.close();
}

/** From the key to the first words in the page, by the page's own clock. */
async function firstWords(origin, api) {
  const times = [];
  const { context, page } = await member(origin, api, "pro");
  for (let run = 0; run < 7; run++) {
    await page.goto("/", { waitUntil: "networkidle" });
    await page.evaluate(watchFirstWords);
    const id = await brief(page, { topic: `A short walk, number ${run}`, formats: ["blog"] });
    times.push(await page.waitForFunction(() => window.__words).then((handle) => handle.jsonValue()));
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped.", { exact: true }).first().waitFor();
    void id;
  }
  await context.close();
  tell("Enter to first words, member", spread(times));
  const guests = [];
  for (let run = 0; run < 3; run++) {
    const guest = await browser.newContext({ baseURL: origin, viewport: VIEW });
    const first = await guest.newPage();
    await first.goto("/", { waitUntil: "networkidle" });
    await first.evaluate(watchFirstWords);
    await brief(first, { topic: "A guest's first piece", formats: ["blog"] });
    guests.push(await first.waitForFunction(() => window.__words).then((handle) => handle.jsonValue()));
    await guest.close();
  }
  tell("Enter to first words, guest", spread(guests));
}

function watchFirstWords() {
  let from = null;
  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter") {
        from = performance.now();
      }
    },
    { capture: true },
  );
  const look = () => {
    const text = document.querySelector('[role="tabpanel"]:not([hidden]) .prose')?.textContent ?? "";
    if (from !== null && text.trim() !== "" && !window.__words) {
      window.__words = performance.now() - from;
    } else {
      requestAnimationFrame(look);
    }
  };
  look();
}

function spread(times) {
  const sorted = [...times].sort((a, b) => a - b).map(Math.round);
  return `${sorted[Math.floor(sorted.length / 2)]} ms in the middle (${sorted[0]} to ${sorted.at(-1)}, ${sorted.length} times)`;
}

/** Long tasks and frames while four formats are written, the tab of one that is being written being open. */
async function smoothness(origin, api) {
  const { context, page } = await member(origin, api, "pro");
  await page.goto("/", { waitUntil: "networkidle" });
  await brief(page, { topic: "A harbour in four formats", formats: ALL, length: "long" });
  await page.getByRole("region", { name: "The crew" }).getByText("Writing").first().waitFor();
  await page.evaluate(() => {
    window.__long = [];
    new PerformanceObserver((list) => {
      window.__long.push(...list.getEntries().map((entry) => entry.duration));
    }).observe({ type: "longtask" });
    window.__frames = [];
    let last = performance.now();
    const frame = (now) => {
      window.__frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  for (const format of ["social", "audio", "video"]) {
    await page
      .getByRole("tab", { name: /writing$/ })
      .first()
      .waitFor({ timeout: 300_000 });
    await tab(page, format).click();
    await pause(5_000);
  }
  await ready(page, "video", 400);
  const { long, frames } = await page.evaluate(() => ({ long: window.__long, frames: window.__frames.slice(1) }));
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
  const seconds = frames.reduce((sum, each) => sum + each, 0) / 1000;
  tell(
    "long tasks (> 50 ms)",
    `${long.length} in ${seconds.toFixed(0)} s, the longest ${Math.round(Math.max(0, ...long))} ms`,
  );
  tell(
    "frames",
    `${(frames.length / seconds).toFixed(1)} a second; ${at(0.5)} ms in the middle, ${at(0.99)} ms at 99 %, ${at(1)} ms at most`,
  );
  await context.close();
}

/** What is still held after everything that can go has gone, while one piece after another is written in the same page. */
async function memory(origin, api, minutes) {
  const { context, page } = await member(origin, api, "pro");
  await page.goto("/", { waitUntil: "networkidle" });
  const line = await context.newCDPSession(page);
  await line.send("HeapProfiler.enable");
  await line.send("Performance.enable");
  const begun = Date.now();
  const held = [];
  while (Date.now() - begun < minutes * 60_000) {
    await brief(page, { topic: `Piece number ${held.length + 1}`, formats: ALL, length: "short" });
    await ready(page, "video", 400);
    await line.send("HeapProfiler.collectGarbage");
    const { metrics } = await line.send("Performance.getMetrics");
    const value = (name) => metrics.find((each) => each.name === name)?.value ?? 0;
    held.push(value("JSHeapUsedSize") / 1_048_576);
    tell(
      `heap after ${held.length} jobs, ${Math.round((Date.now() - begun) / 1000)} s`,
      `${held.at(-1).toFixed(1)} MiB, ${value("Nodes")} nodes, ${value("JSEventListeners")} listeners`,
    );
    await page.getByRole("button", { name: "New brief" }).click();
  }
  await context.close();
}
