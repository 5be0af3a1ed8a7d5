// Task 3: one format written anew by a note; the others are untouched; versions, difference, undo.
import assert from "node:assert/strict";
import { tab } from "../lib/steps.mjs";

const FOUR = ["blog", "social", "audio", "video"];

export const redo = [
  { name: "redo-one", builds: ["static"], run },
  { name: "redo-all", builds: ["static"], run: all },
];

async function run(t) {
  const { account, page } = await t.reader();
  const { id } = await t.api.generate(account, {
    topic: "A repair café in the old fire station",
    formats: ["blog", "social"],
    length: "short",
  });
  await t.api.written(account, id);
  const first = await t.api.artifact(account, id, "social");
  const blog = await t.api.artifact(account, id, "blog");

  await page.goto(`/studio?job=${id}`);
  await tab(page, "social").click();
  await page.getByRole("button", { name: "Redo with a note" }).click();
  const dialog = page.getByRole("dialog", { name: "Redo the social posts" });
  await dialog.getByRole("button", { name: "Begin with a question" }).click();
  await t.look(page, "redo dialog");
  await dialog.getByRole("button", { name: "Write it anew" }).click();
  await page.getByText(/is writing it anew/).waitFor();
  await page.getByText("Version 2 is ready").first().waitFor();
  await page.getByText("You asked for: Begin with a question").waitFor();

  const second = await t.api.artifact(account, id, "social");
  assert.equal(second.version, 2);
  assert.equal(second.note, "Begin with a question");
  assert.notDeepEqual(second.artifact, first.artifact);
  assert.deepEqual(await t.api.artifact(account, id, "blog"), blog, "the article is untouched");
  const { formats } = await t.api.json("GET", "/v1/usage", { token: account.token });
  assert.equal(formats.social.used, 2);
  assert.equal(formats.blog.used, 1);

  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Version 1 is back, as version 3").waitFor();
  const third = await t.api.artifact(account, id, "social");
  assert.equal(third.origin, "restored");
  assert.deepEqual(third.artifact, first.artifact);

  await page.getByRole("button", { name: "Version 3" }).click();
  const versions = page.getByRole("dialog", { name: "Versions" });
  const list = versions.getByRole("list", { name: /All versions/ });
  await list.getByRole("button", { name: /^Version 1/ }).waitFor();
  assert.equal(await list.getByRole("button").count(), 3);
  await list.getByRole("button", { name: /^Version 2/ }).click();
  await versions.getByRole("insertion").first().waitFor();
  await versions.getByRole("deletion").first().waitFor();
  await t.look(page, "versions dialog");
  await versions.getByRole("button", { name: "Take version 2 up again" }).click();
  await page.getByText("That text is back, as version 4").waitFor();
  assert.deepEqual((await t.api.artifact(account, id, "social")).artifact, second.artifact);
}

/** Four at once: the tab has one stream at a time, and all four come about. */
async function all(t) {
  const { account, context, page } = await t.reader({ tier: "pro" });
  const { id } = await t.api.generate(account, {
    topic: "A lending library for tools",
    formats: FOUR,
    length: "short",
  });
  await t.api.written(account, id);
  const streams = { now: 0, most: 0 };
  const isStream = (request) => new URL(request.url()).pathname.endsWith("/stream");
  const ended = (request) => {
    streams.now -= isStream(request) ? 1 : 0;
  };
  context.on("request", (request) => {
    streams.now += isStream(request) ? 1 : 0;
    streams.most = Math.max(streams.most, streams.now);
  });
  context.on("requestfinished", ended);
  context.on("requestfailed", ended);

  await page.goto(`/studio?job=${id}`);
  for (const format of FOUR) {
    await tab(page, format).click();
    await page.getByRole("tabpanel").getByRole("button", { name: "Redo with a note" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Write it anew" }).click();
    await page
      .getByRole("tabpanel")
      .getByText(/(is writing it|About to be written) anew/)
      .waitFor();
  }
  for (const format of FOUR) {
    await tab(page, format).click();
    await page.getByRole("tabpanel").getByRole("button", { name: "Version 2" }).waitFor();
    assert.equal((await t.api.artifact(account, id, format)).version, 2);
  }
  assert.ok(streams.most >= 1 && streams.most <= 2, `${streams.most} streams at once`);
}
