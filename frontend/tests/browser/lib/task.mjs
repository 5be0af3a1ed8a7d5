// One task: a browser context of its own, what it may use, and what is left of it when it fails.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { look, tabThrough } from "./look.mjs";
import { RESULTS } from "./places.mjs";
import { within } from "./wait.mjs";
import { Watch } from "./watch.mjs";

const PATIENCE_MS = 45_000;

export class Task {
  #contexts = [];
  #faults = [];

  constructor(name, surroundings) {
    Object.assign(this, surroundings);
    this.name = name;
    this.watch = new Watch();
  }

  expect(...what) {
    this.watch.expect(...what);
  }

  async context(options = {}) {
    const context = await this.browser.newContext({
      baseURL: this.origin,
      viewport: { width: 1280, height: 800 },
      acceptDownloads: true,
      locale: "en-GB",
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await this.watch.attach(context);
    this.#contexts.push(context);
    return context;
  }

  /** A browser that nobody has used yet. */
  async page(options) {
    return (await this.context(options)).newPage();
  }

  /** A new account, on the tier that is asked for, and a browser in which its owner is signed in. */
  async reader({ tier } = {}, options) {
    const account = await this.api.account(this.service.url);
    if (tier) {
      await this.api.upgrade(account, tier);
    }
    const context = await this.context(options);
    await context.addCookies(account.cookies);
    return { account, context, page: await context.newPage() };
  }

  /** Looks at a state in both colours and two widths; what is found fails the task at its end, so that all of it is told. */
  async look(page, state, options) {
    this.#faults.push(...(await look(page, `${this.build} ${state}`, { shots: this.shots, ...options })));
  }

  async tabThrough(page, state) {
    this.#faults.push(...(await tabThrough(page)).map((fault) => ({ fault, where: state })));
  }

  fault(text) {
    this.#faults.push({ fault: text, where: null });
  }

  /** The same fault in many places is told once. */
  faults() {
    const places = new Map();
    for (const { fault, where } of this.#faults) {
      places.set(fault, [...(places.get(fault) ?? []), ...(where ? [where] : [])]);
    }
    const told = [...places].map(([fault, where]) => (where.length > 0 ? `${fault}\nin: ${where.join("; ")}` : fault));
    return [...told, ...this.watch.unexpected().map((text) => `the browser complained: ${text}`)];
  }

  async pictures(label) {
    const files = [];
    for (const [index, page] of this.#contexts.flatMap((context) => context.pages()).entries()) {
      const path = `${RESULTS}/${label}-${index + 1}.png`;
      await page.screenshot({ path, fullPage: true, timeout: 10_000 }).then(
        () => files.push(path),
        () => undefined, // a page that cannot be pictured has nothing to tell
      );
    }
    return files;
  }

  async close() {
    for (const context of this.#contexts) {
      await within(20, "closing a browser context", context.close()).catch(() => undefined);
    }
  }
}

/** Runs a task and tells in a line how it went; gives back what was wrong, or null. */
export async function runTask({ name, run, seconds = 240 }, surroundings) {
  const task = new Task(name, surroundings);
  const begun = Date.now();
  const from = surroundings.logs.map((log) => (existsSync(log) ? statSync(log).size : 0));
  let faults = [];
  try {
    await within(seconds, name, run(task));
  } catch (error) {
    faults.push(String(error.stack ?? error));
  }
  faults.push(...task.faults());
  faults = [...new Set(faults)];
  const label = `${surroundings.build}-${name}`;
  const took = `${((Date.now() - begun) / 1000).toFixed(1)} s`;
  if (faults.length > 0) {
    await keep(task, label, faults, surroundings.logs, from);
  }
  await task.close();
  process.stdout.write(
    faults.length === 0
      ? `ok    ${surroundings.build.padEnd(6)} ${name}  ${took}\n`
      : `FAIL  ${surroundings.build.padEnd(6)} ${name}  ${took}\n${faults.map(inShort).join("")}`,
  );
  return faults.length === 0 ? null : faults;
}

/** The whole of it is in test-results. */
function inShort(fault) {
  const lines = plain(fault).split("\n");
  const shown = lines.length > 12 ? [...lines.slice(0, 11), "..."] : lines;
  return `      ${shown.join("\n        ")}\n`;
}

function plain(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal are what is taken out
  return text.replace(/\u001b\[\d+m/g, "");
}

async function keep(task, label, faults, logs, from) {
  mkdirSync(RESULTS, { recursive: true });
  await task.pictures(label);
  writeFileSync(`${RESULTS}/${label}.txt`, `${faults.map(plain).join("\n\n")}\n`);
  for (const [index, log] of logs.entries()) {
    if (existsSync(log)) {
      writeFileSync(`${RESULTS}/${label}-${basename(log)}`, readFileSync(log).subarray(from[index]));
    }
  }
}
