// What readers do again and again. Everything is found by its role and its name, as a screen reader finds it.
import assert from "node:assert/strict";
import { until } from "./wait.mjs";

export const NAMES = { blog: "Blog post", social: "Social posts", audio: "Audio script", video: "Video script" };

/** Presses Tab (or Shift and Tab) until that has the focus. */
export async function tabTo(page, locator, { back = false, atMost = 80 } = {}) {
  await locator.waitFor({ state: "attached" });
  for (let step = 0; step < atMost; step++) {
    if (await locator.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
  }
  throw new Error(`${atMost} times Tab, and the focus did not come to ${locator}`);
}

export async function chooseFormats(page, formats) {
  for (const [format, name] of Object.entries(NAMES)) {
    const box = page.getByRole("checkbox", { name: new RegExp(`^${name}`) });
    if ((await box.isChecked()) !== formats.includes(format)) {
      await page.getByRole("group", { name: "Formats" }).getByText(name, { exact: true }).click();
    }
  }
}

/** Fills in the brief and starts the crew; gives back the job's id. */
export async function brief(page, { topic, formats = ["blog"], length = "short" }) {
  const field = page.getByRole("textbox", { name: "Your brief" });
  await field.fill(topic);
  await chooseFormats(page, formats);
  await page.getByRole("combobox", { name: "Length" }).selectOption(length);
  await field.press("Enter");
  return jobId(page);
}

export async function jobId(page) {
  await page.waitForURL((url) => url.searchParams.has("job"));
  return new URL(page.url()).searchParams.get("job");
}

export function tab(page, format) {
  return page.getByRole("tablist", { name: "Pieces" }).getByRole("tab", { name: new RegExp(`^${NAMES[format]}`) });
}

export async function ready(page, format, seconds = 120) {
  const name = new RegExp(`^${NAMES[format]}\\s*,\\s*ready`);
  await page
    .getByRole("tablist", { name: "Pieces" })
    .getByRole("tab", { name })
    .waitFor({ timeout: seconds * 1000 });
}

export function panel(page) {
  return page.getByRole("tabpanel").filter({ visible: true }).first();
}

/** The text that is being written now, as it stands on the page; empty if there is none. */
export function liveText(page) {
  return page.evaluate(() => {
    const live = [...document.querySelectorAll('[role="tabpanel"]:not([hidden]) .prose[aria-busy="true"]')];
    return live.map((each) => each.textContent).join("\n");
  });
}

/** The finished piece, as it stands on the page. */
export function pieceText(page, format) {
  return page.evaluate((id) => {
    const piece = document.getElementById(id)?.cloneNode(true);
    for (const extra of piece?.querySelectorAll(".no-copy") ?? []) {
      extra.remove();
    }
    return piece?.textContent ?? "";
  }, `piece-${format}`);
}

/** Takes down what is seen of a text while it is written, until that comes true. */
export async function sample(page, isOver, seconds = 120) {
  const samples = [];
  await until(
    "the text was written",
    async () => {
      const text = await liveText(page).catch(() => ""); // between two documents there is none
      if (text && text !== samples.at(-1)) {
        samples.push(text);
      }
      return (await isOver(samples)) || null;
    },
    { seconds, every: 60 },
  );
  return samples;
}

/** Each of the samples is the beginning of one of the texts: nothing is missing in it, and nothing is there twice. */
export function assertBeginnings(samples, texts, letters) {
  const whole = texts.map(letters);
  for (const seen of samples.map(letters)) {
    assert.ok(
      whole.some((text) => text.startsWith(seen)),
      `what was on the page is not how the text begins: "${seen.slice(0, 200)}" ... "${seen.slice(-80)}"`,
    );
  }
}
