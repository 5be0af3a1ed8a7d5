// Task 7: the limit is hit, nothing is lost, a plan is bought from the provider that takes no money, and cancelled.
import assert from "node:assert/strict";
import { chooseFormats, jobId, ready } from "../lib/steps.mjs";
import { until } from "../lib/wait.mjs";

export const limit = [{ name: "limit-upgrade-cancel", builds: ["static"], run, seconds: 400 }];

const TOPIC = "The sixth video of the month";

async function run(t) {
  t.expect({ status: 403, path: /^\/v1\/content\/generate$/ });
  const { account, page } = await t.reader();
  const { formats } = await t.api.json("GET", "/v1/usage", { token: account.token });
  for (let made = 0; made < formats.video.limit; made++) {
    if (made === formats.video.limit - 1) {
      await page.goto("/usage"); // four of five: eighty of a hundred
      await page.getByRole("meter", { name: /Video/ }).waitFor();
      await page.getByRole("link", { name: "See the plans" }).waitFor();
      await t.look(page, "usage at 80 %");
    }
    const { id } = await t.api.generate(account, { topic: `Video ${made + 1}`, formats: ["video"], length: "short" });
    await t.api.written(account, id);
  }
  await page.goto("/usage");
  await page.getByRole("link", { name: "See the plans" }).waitFor();
  await t.look(page, "usage at the limit");
  await t.tabThrough(page, "usage");

  await page.goto("/");
  const field = page.getByRole("textbox", { name: "Your brief" });
  await field.fill(TOPIC);
  await chooseFormats(page, ["video"]);
  await field.press("Enter");
  const prompt = page.getByRole("alert").filter({ hasText: "are used" });
  await prompt.waitFor();
  await t.look(page, "the plan's limit");
  assert.equal(await field.inputValue(), TOPIC, "the brief is kept");
  await prompt.getByRole("link", { name: /^See what/ }).click();
  await page.getByRole("heading", { level: 1, name: "Pricing" }).waitFor();
  const choose = page.getByRole("button", { name: "Choose Basic" });
  await choose.waitFor();
  await t.look(page, "pricing, signed in");
  await t.tabThrough(page, "pricing");
  await choose.click();

  await page.getByRole("heading", { level: 1, name: "Test checkout" }).waitFor();
  await page.getByText("TEST: no money moves here").waitFor();
  await t.look(page, "test checkout");
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByText("You have left the payment page.").waitFor();
  await t.look(page, "billing, payment left");
  await page.getByRole("link", { name: "Back to the plans" }).click();
  await page.getByRole("button", { name: "Choose Basic" }).click();
  await page.getByRole("button", { name: "Pay (test)" }).click();
  await page.getByText("Basic is yours.").waitFor();
  await t.look(page, "billing, paid");

  await page.getByRole("link", { name: "Write something" }).click();
  await until("the brief is there again", async () => (await field.inputValue()) === TOPIC || null);
  await field.press("Enter");
  await jobId(page);
  await ready(page, "video");

  await page.goto("/billing");
  await page.getByRole("button", { name: "Cancel Basic" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel Basic?" });
  await t.look(page, "cancel dialog");
  await dialog.getByRole("button", { name: "Cancel Basic" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Keep Basic after all" }).waitFor();
  await t.look(page, "billing, cancelled");
  await t.tabThrough(page, "billing");
  const { tier, subscription } = await t.api.json("GET", "/v1/billing/subscription", { token: account.token });
  assert.equal(tier, "basic", "what is paid for stays");
  assert.equal(subscription.cancels_at_period_end, true);
  await page.getByRole("button", { name: "Keep Basic after all" }).click();
  await page.getByRole("button", { name: "Cancel Basic" }).waitFor();
}
