// Task 4: a post is edited until X takes it, by the service's count.
import assert from "node:assert/strict";
import { tab } from "../lib/steps.mjs";
import { until } from "../lib/wait.mjs";

export const fitToX = [{ name: "fit-to-x", builds: ["static"], run }];

// An address counts 23, however long it is, and a family emoji 2: neither length nor code points would do.
const LONG = `${"The repair café opens on Saturday. ".repeat(7)}https://example.com/${"a-long-way/".repeat(6)} 👨‍👩‍👧‍👦 日本 and more that is too much`;
const SHORT = LONG.replace(/ and more that is too much$/, "").replace("The repair café opens on Saturday. ", "");

async function run(t) {
  const { account, page } = await t.reader();
  const { id } = await t.api.generate(account, { topic: "A repair café", formats: ["social"], length: "short" });
  await t.api.written(account, id);
  const { artifact } = await t.api.artifact(account, id, "social");
  const count = async (x) => {
    const body = { format: "social", artifact: { ...artifact, x } };
    const { measures } = await t.api.json("POST", "/v1/content/measure", { token: account.token, body });
    return measures.posts.find((each) => each.network === "x");
  };
  const [long, short] = [await count(LONG), await count(SHORT)];
  assert.ok(long.count > 280 && short.count <= 280, `${long.count} and ${short.count}`);
  assert.ok(short.count !== [...SHORT].length && short.count !== SHORT.length, "counted as X counts");

  await page.goto(`/studio?job=${id}`);
  await tab(page, "social").click();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const field = page.getByRole("textbox", { name: "X", exact: true });
  await field.fill(LONG);
  await page.getByText(new RegExp(`^${long.count} of 280`)).waitFor();
  await t.look(page, "editor, over the limit");
  await t.tabThrough(page, "editor");
  await field.fill(SHORT);
  await page.getByText(new RegExp(`^${short.count} of 280`)).waitFor();
  await page.getByRole("button", { name: "Save as a new version" }).click();
  await page.getByText("Saved as version 2").first().waitFor();
  const post = page.getByRole("region", { name: "X", exact: true });
  await post.getByText(`${short.count} of 280`).waitFor();
  await t.look(page, "social posts");

  const saved = await t.api.artifact(account, id, "social");
  assert.equal(saved.artifact.x, SHORT);
  assert.equal(saved.origin, "edited");
  assert.equal(saved.measures.posts.find((each) => each.network === "x").count, short.count);
  for (const network of ["linkedin", "facebook", "instagram"]) {
    assert.equal(saved.artifact[network], artifact[network], `${network} is as it was`);
  }
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Version 1 is back, as version 3").waitFor();
  await until("the old post is shown", async () => (await post.textContent()).includes(artifact.x) || null);
}
