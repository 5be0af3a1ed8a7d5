// Task 5: a reload in mid-stream, a second tab, a second device, a killed service, a slow line: no word is lost, and none is there twice.
import assert from "node:assert/strict";
import { letters, textOfArtifact, textsOf } from "../lib/api.mjs";
import { assertBeginnings, brief, pieceText, ready, sample } from "../lib/steps.mjs";
import { BOTH } from "./builds.mjs";

export const noWordLost = [
  { name: "reload-and-second-tab", builds: BOTH, run: reload },
  { name: "killed-service", builds: ["static"], run: killed },
  { name: "stopped-service", builds: ["server"], run: killed },
  { name: "slow-line", builds: ["static"], run: slowLine },
  { name: "line-cut", builds: ["static"], run: lineCut },
];

const TOPIC = "What a town gains from a public piano";
const isReady = (page) => async () => (await page.getByRole("tab", { name: /^Blog post\s*,\s*ready/ }).count()) > 0;
const seen = (count) => (samples) => letters(samples.at(-1) ?? "").length > count;

/** What stood on the page, at any time and at its end, is what the stream's log and the piece say. */
async function compare(t, { account, id, samples, pages }) {
  const job = await t.api.written(account, id);
  assert.equal(job.status, "completed");
  const log = await t.api.log(account, id);
  const texts = ["research", "write", "edit"].flatMap((task) => textsOf(log, task));
  assert.ok(samples.length > 5, `the text was seen as it came (${samples.length} times)`);
  assertBeginnings(samples, texts, letters);
  const { artifact } = await t.api.artifact(account, id, "blog");
  const whole = letters(textOfArtifact(artifact));
  for (const page of pages) {
    await ready(page, "blog");
    assert.equal(letters(await pieceText(page, "blog")), whole, "the piece on the page is the piece of the service");
  }
}

async function reload(t) {
  const { account, context, page } = await t.reader();
  await page.goto("/");
  const id = await brief(page, { topic: TOPIC, length: "long" });
  const samples = await sample(page, seen(200));
  const before = letters(samples.at(-1)).length;
  await page.reload();
  samples.push(...(await sample(page, seen(before))));
  await t.look(page, "after a reload in mid-stream");

  const second = await context.newPage();
  await second.goto(page.url());
  samples.push(...(await sample(second, seen(before))));
  await page.close();

  const device = await t.context({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
  await device.addCookies(account.cookies);
  const phone = await device.newPage();
  await phone.goto(`/studio?job=${id}`);
  samples.push(...(await sample(phone, seen(before))));
  samples.push(...(await sample(second, isReady(second))));
  await compare(t, { account, id, samples, pages: [second, phone] });

  await second.goto("/");
  await second.goBack();
  await compare(t, { account, id, samples, pages: [second] });
}

async function killed(t) {
  t.expect({ failed: /^\/v1\// }, { status: 503, path: /^\/v1\// }, { status: 502, path: /^\/v1\// });
  t.expect({ failed: /^\/(_next\/|$)/ });
  const { account, page } = await t.reader();
  await page.goto("/");
  const id = await brief(page, { topic: TOPIC, length: "long" });
  const samples = await sample(page, seen(300));
  if (t.name === "killed-service") {
    await t.service.kill();
  } else {
    await t.service.stop();
  }
  await page.getByText(/Reconnecting/).waitFor();
  await t.look(page, "the service is gone");
  await t.service.start();
  await page.getByText(/Reconnecting/).waitFor({ state: "detached" });
  samples.push(...(await sample(page, isReady(page))));
  await compare(t, { account, id, samples, pages: [page] });
}

async function slowLine(t) {
  const { account, context, page } = await t.reader();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000, // bytes a second, as by a poor mobile line
    uploadThroughput: 20_000,
  });
  await page.goto("/", { timeout: 120_000 });
  const id = await brief(page, { topic: TOPIC, length: "short" });
  const samples = await sample(page, isReady(page));
  await compare(t, { account, id, samples, pages: [page] });
}

/** The line is gone for a while in mid-stream: the page says so, and goes on where it was. */
async function lineCut(t) {
  t.expect({ failed: /.*/ });
  const { account, context, page } = await t.reader();
  await page.goto("/");
  const id = await brief(page, { topic: TOPIC, length: "long" });
  const samples = await sample(page, seen(200));
  await context.setOffline(true);
  await page.getByText("You are offline.").waitFor();
  await context.setOffline(false);
  await page.getByText("You are offline.").waitFor({ state: "detached" });
  samples.push(...(await sample(page, isReady(page))));
  await compare(t, { account, id, samples, pages: [page] });
}
