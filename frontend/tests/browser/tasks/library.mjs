// Task 6: a piece is found by search, renamed, taken away as a file, and deleted with a way back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ready, tab } from "../lib/steps.mjs";
import { until } from "../lib/wait.mjs";

export const library = [
  { name: "library", builds: ["static"], run },
  { name: "download", builds: ["static"], run: download },
];

const TOPICS = ["Night trains across the Alps", "Tomatoes in winter", "Mending a bicycle chain"];

async function run(t) {
  const { account, page } = await t.reader();
  const ids = [];
  for (const topic of TOPICS) {
    const { id } = await t.api.generate(account, { topic, formats: ["social"], length: "short" });
    await t.api.written(account, id);
    ids.push(id);
  }
  await page.goto("/library");
  const list = page.getByRole("list", { name: "Pieces" });
  await list.getByRole("link", { name: TOPICS[0] }).waitFor();
  assert.equal(await list.getByRole("heading", { level: 2 }).count(), 3);
  await t.look(page, "library");
  await t.tabThrough(page, "library");

  const search = page.getByRole("searchbox", { name: "Search" });
  await search.fill("winter TOMATO");
  await until("only one is left", async () => (await list.getByRole("heading", { level: 2 }).count()) === 1 || null);
  await list.getByRole("link", { name: TOPICS[1] }).waitFor();
  await search.fill("no such words");
  await page.getByText("No piece matches").first().waitFor();
  await t.look(page, "library, nothing found");
  await page.getByRole("button", { name: "Show all pieces" }).click();
  await list.getByRole("link", { name: TOPICS[2] }).waitFor();

  await page.getByRole("button", { name: `Rename ${TOPICS[1]}` }).click();
  const name = page.getByRole("textbox", { name: "Name of the piece" });
  await t.look(page, "library, renaming");
  await name.fill("Winter tomatoes <b>& more</b>");
  await name.press("Enter");
  await list.getByRole("link", { name: "Winter tomatoes <b>& more</b>" }).waitFor();
  assert.equal((await t.api.job(account, ids[1])).title, "Winter tomatoes <b>& more</b>");
  await page.reload();
  await list.getByRole("link", { name: "Winter tomatoes <b>& more</b>" }).waitFor();

  await page.getByRole("button", { name: `Delete ${TOPICS[2]}` }).click();
  await list.getByRole("link", { name: TOPICS[2] }).waitFor({ state: "detached" });
  await t.look(page, "library, deleted with a way back");
  await page.getByRole("button", { name: "Undo" }).click();
  await list.getByRole("link", { name: TOPICS[2] }).waitFor();
  await t.api.job(account, ids[2]);

  await page.getByRole("button", { name: `Delete ${TOPICS[2]}` }).click();
  await list.getByRole("link", { name: TOPICS[2] }).waitFor({ state: "detached" });
  await page.goto("/pricing"); // leaving makes it final
  await until(
    "the piece is deleted",
    async () => {
      const answer = await fetch(`${t.api.url}/v1/content/jobs/${ids[2]}`, {
        headers: { authorization: `Bearer ${account.token}` },
      });
      return answer.status === 404 || null;
    },
    { seconds: 60, every: 1500 },
  );
  await page.goto("/library");
  await list.getByRole("link", { name: TOPICS[0] }).waitFor();
  assert.equal(await list.getByRole("heading", { level: 2 }).count(), 2);
}

const FILES = [
  { item: "Markdown", as: "md", check: (bytes) => assert.match(bytes.toString("utf8"), /^# /) },
  { item: "Web page (HTML)", as: "html", check: (bytes) => assert.match(bytes.toString("utf8"), /^<!doctype html>/i) },
  { item: "Word (DOCX)", as: "docx", check: isZip },
  { item: "Plain text", as: "txt", check: (bytes) => assert.ok(bytes.length > 200) },
];

async function download(t) {
  const { account, page } = await t.reader();
  const { id } = await t.api.generate(account, {
    topic: "Night trains: a “sleeper’s” guide / 2026",
    formats: ["blog", "social"],
    length: "short",
  });
  await t.api.written(account, id);
  await page.goto(`/studio?job=${id}`);
  await ready(page, "blog");
  await t.tabThrough(page, "a piece");
  for (const { item, as, check } of FILES) {
    const [file, bytes] = await take(page, item);
    const answer = await t.api.call("GET", `/v1/content/jobs/${id}/artifacts/blog?as=${as}`, { token: account.token });
    check(bytes);
    assert.match(file.suggestedFilename(), new RegExp(`^[\\w.-]+\\.${as}$`));
    if (as !== "docx") {
      assert.deepEqual(bytes, Buffer.from(await answer.arrayBuffer()), `${item}: each byte as the service has it`);
    }
  }
  const [, zip] = await take(page, "All pieces (zip)");
  isZip(zip);
  const names = zip.toString("latin1");
  for (const ending of ["blog.md", "blog.docx", "social.html", "social.txt"]) {
    assert.ok(names.includes(ending), `${ending} is in the zip file`);
  }

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await t.look(page, "copy menu");
  await page.getByRole("menuitem", { name: "As Markdown" }).click();
  await page.getByText("Copied", { exact: true }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const markdown = await t.api.call("GET", `/v1/content/jobs/${id}/artifacts/blog?as=md`, { token: account.token });
  assert.equal(copied.trim(), (await markdown.text()).trim());
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByRole("menuitem", { name: "As formatted text" }).click();
  const html = await until("rich text is in the clipboard", () =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return item.types.includes("text/html") ? (await item.getType("text/html")).text() : null;
    }),
  );
  assert.match(html, /<h[1-4]/);
  assert.doesNotMatch(html, /<script|onerror/i);
  await tab(page, "social").click();
  await t.look(page, "social posts, folded");
}

async function take(page, item) {
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: item, exact: true }).click(),
  ]);
  return [file, readFileSync(await file.path())];
}

function isZip(bytes) {
  assert.equal(bytes.subarray(0, 4).toString("latin1"), "PK\u0003\u0004");
}
