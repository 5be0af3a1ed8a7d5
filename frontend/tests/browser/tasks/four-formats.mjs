// Task 2: four formats at once, and stop.
import assert from "node:assert/strict";
import { letters, textsOf } from "../lib/api.mjs";
import { brief, liveText, NAMES, panel, tab } from "../lib/steps.mjs";
import { until } from "../lib/wait.mjs";
import { BOTH } from "./builds.mjs";

export const fourFormats = [{ name: "four-formats-and-stop", builds: BOTH, run }];

async function run(t) {
  const { account, page } = await t.reader({ tier: "pro" });
  await page.goto("/");
  const id = await brief(page, {
    topic: "Why a village should have its own swimming place",
    formats: ["blog", "social", "audio", "video"],
  });
  const tabs = page.getByRole("tablist", { name: "Pieces" });
  for (const name of Object.values(NAMES)) {
    await tabs.getByRole("tab", { name: new RegExp(`^${name}`) }).waitFor();
  }
  const crew = page.getByRole("region", { name: "The crew" });
  await crew.getByText("Writing").first().waitFor();
  const atWork = tabs.getByRole("tab", { name: /writing$/ });
  await until("two specialists write side by side", async () => (await atWork.count()) >= 2 || null, { seconds: 90 });
  await tab(page, "video").click();
  await until("the video script is being written", async () => letters(await liveText(page)).length > 60 || null);
  const before = letters(await liveText(page));
  await page.keyboard.press("Escape");
  await page.getByText("Stopped.", { exact: true }).first().waitFor();
  await page.getByText("What was written of the rest is kept below.").waitFor();
  await page.getByText("What was written of the video script before it ended").waitFor();

  const job = await t.api.job(account, id);
  assert.equal(job.status, "cancelled");
  const kept = letters(await panel(page).locator(".prose").textContent());
  assert.ok(kept.startsWith(before), "nothing that was there is gone");
  const log = await t.api.log(account, id);
  assert.equal(kept, letters(textsOf(log, "video").at(-1)), "what is kept is what was written");
  assert.equal(
    job.results.blog.status === "ready",
    (await tabs.getByRole("tab", { name: /^Blog post\s*,\s*ready/ }).count()) === 1,
    "a piece that was finished is there",
  );
  await t.look(page, "stopped");
  await t.tabThrough(page, "stopped");
  await page.reload();
  await page.getByText("What was written of the rest is kept below.").waitFor();
  await tab(page, "video").click();
  await until(
    "the text is there again",
    async () => letters(await panel(page).locator(".prose").textContent()) === kept || null,
  );

  const second = await brief(await again(page), { topic: "What a swimming place costs", formats: ["social"] });
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("No piece was finished, so nothing counts.").waitFor();
  assert.equal((await t.api.job(account, second)).status, "cancelled");
}

async function again(page) {
  await page.getByRole("button", { name: "New brief" }).click();
  await page.getByRole("textbox", { name: "Your brief" }).waitFor();
  return page;
}
