// Who would write: the offline writer, nobody, or a model that has just come. What the service says of it is put in its mouth.
import assert from "node:assert/strict";

export const engine = [{ name: "engine", builds: ["static"], run }];

const MODEL = "llama3.2:1b";

async function run(t) {
  let answer = { status: "ready", engine: "offline", model: "offline", demo: true };
  let asked = 0;
  const { context, page } = await t.reader({}, { permissions: ["clipboard-read", "clipboard-write"] });
  await context.route("**/v1/content/engine", (route) => {
    asked++;
    return route.fulfill({ json: answer });
  });
  await page.goto("/");
  await page.getByText("Offline sample writer").waitFor();
  await t.look(page, "engine, offline writer");

  answer = { status: "model_missing", model: MODEL, remedy: `Fetch it with: ollama pull ${MODEL}` };
  const copy = page.getByRole("button", { name: `Copy ollama pull ${MODEL}` });
  await copy.waitFor(); // it is asked again by itself
  await copy.click();
  await page.getByText("Copied").first().waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `ollama pull ${MODEL}`);
  await t.look(page, "engine, model missing");

  answer = { status: "unavailable", reason: "Ollama at http://localhost:11434 does not answer." };
  await page.getByText("No model answers at the moment").waitFor();
  await t.look(page, "engine, unavailable");

  answer = { status: "ready", engine: "ollama", model: MODEL, demo: false };
  const news = `${MODEL} is available; new pieces are written by it.`;
  await page.getByRole("status").filter({ hasText: news }).waitFor();
  await t.look(page, "engine, model has come");
  assert.equal(await page.getByText("Offline sample writer").count(), 0);
  const before = asked;
  await page.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await page.getByText(news).count(), 1, "only the status region still has it");
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(asked, before + 1, "a model that answers is asked for once");
  assert.equal(await page.getByText(news).count(), 0, "it is no news any more");
}
