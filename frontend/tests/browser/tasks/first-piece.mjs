// Task 1: the first piece as a guest, by the keyboard alone; then signing up, and it is kept.
import assert from "node:assert/strict";
import { letters, textOfArtifact } from "../lib/api.mjs";
import { jobId, pieceText, ready, tabTo } from "../lib/steps.mjs";
import { BOTH } from "./builds.mjs";

export const firstPiece = [{ name: "first-piece", builds: BOTH, run }];

const TOPIC = "How to grow basil on a north-facing window sill";

async function run(t) {
  const page = await t.page();
  const keys = page.keyboard;
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "What shall the crew write?" }).waitFor();
  await t.look(page, "studio, empty");
  await t.tabThrough(page, "studio, empty");

  await page.reload();
  await keys.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  assert.ok(await skip.evaluate((link) => link === document.activeElement), "the first Tab leads to the skip link");
  await keys.press("Enter");
  await tabTo(page, page.getByRole("textbox", { name: "Your brief" }), { atMost: 3 });
  await keys.press("Control+A");
  await keys.type(TOPIC);
  for (const name of [/^Social posts/, /^Audio script/, /^Video script/]) {
    await tabTo(page, page.getByRole("checkbox", { name }));
    await keys.press("Space");
  }
  await tabTo(page, page.getByRole("button", { name: "Start the crew" }));
  await keys.press("Enter");
  const id = await jobId(page);
  await page.getByRole("heading", { level: 1, name: TOPIC }).waitFor();
  await page.getByText("Offline sample").first().waitFor();
  await t.look(page, "a guest's piece is written");
  await ready(page, "blog");
  await t.look(page, "a guest's piece is ready");
  const text = letters(await pieceText(page, "blog"));
  assert.ok(text.length > 500, "the piece is on the page");

  await tabTo(page, page.getByRole("link", { name: "Sign up and keep it" }));
  await keys.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Sign up" }).waitFor();
  await t.look(page, "sign-up of a guest");
  const email = `keeper-${crypto.randomUUID()}@example.com`;
  const password = `basil and ${crypto.randomUUID()}`;
  await tabTo(page, page.getByRole("textbox", { name: "Name", exact: true }));
  await keys.type("Kim Keeper");
  await tabTo(page, page.getByRole("textbox", { name: "E-mail address" }));
  await keys.type(email);
  await tabTo(page, page.getByLabel("Password", { exact: true }));
  await keys.type(password);
  await keys.press("Enter");

  assert.equal(await jobId(page), id, "back at the piece");
  await ready(page, "blog");
  await page.getByRole("button", { name: "Account of Kim Keeper" }).waitFor();
  assert.equal(letters(await pieceText(page, "blog")), text, "the piece is as it was");

  await tabTo(page, page.getByRole("navigation", { name: "Rooms" }).first().getByRole("link", { name: "Library" }));
  await keys.press("Enter");
  const row = page.getByRole("list", { name: "Pieces" }).getByRole("link", { name: TOPIC });
  await tabTo(page, row);
  await keys.press("Enter");
  await ready(page, "blog");

  const { access_token: token } = await t.api.json("POST", "/v1/auth/login", { body: { email, password } });
  const { artifact } = await t.api.artifact({ token }, id, "blog");
  assert.equal(text, letters(textOfArtifact(artifact)), "what the page shows is what the account holds");
}
