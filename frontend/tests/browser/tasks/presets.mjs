// Settings kept under a name: saved, picked, renamed, deleted, there again after signing out and in, and nobody else's.
import assert from "node:assert/strict";

export const presets = [{ name: "presets", builds: ["static"], run }];

const VOICE = "We say what we do, and then we do it.";

async function run(t) {
  const { account, page } = await t.reader();
  const stranger = await t.api.account();
  const button = page.getByRole("button", { name: "Presets" });
  const tone = page.getByRole("combobox", { name: "Tone" });
  await page.goto("/");
  await button.waitFor(); // once it is known who is here, the form is alive
  await tone.selectOption("casual");
  await page.getByText("More: audience and brand voice").click();
  await page.getByRole("textbox", { name: "Brand voice" }).fill(VOICE);
  await button.click();
  await t.look(page, "presets, none yet");
  await page.getByRole("menuitem", { name: "Save these settings" }).click();
  const save = page.getByRole("dialog", { name: "Save these settings" });
  await t.look(page, "preset, to be saved");
  await page.keyboard.type("Neighbours");
  await page.keyboard.press("Enter");
  await page.getByText("Saved as Neighbours").waitFor();
  await save.waitFor({ state: "detached" });

  await tone.selectOption("academic");
  await page.reload();
  await button.waitFor();
  await page.getByRole("textbox", { name: "Your brief" }).fill("A topic of today");
  await button.click();
  await t.look(page, "presets, one to pick");
  await page.getByRole("menuitemradio", { name: "Neighbours" }).click();
  assert.equal(await tone.inputValue(), "casual");
  assert.equal(await page.getByRole("textbox", { name: "Your brief" }).inputValue(), "A topic of today");
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await tone.inputValue(), "academic");

  await button.click();
  await page.getByRole("menuitem", { name: "Rename or delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Presets" });
  await dialog.getByRole("button", { name: "Rename Neighbours" }).click();
  await t.look(page, "preset, to be renamed");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("People next door");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Delete People next door" }).click();
  await t.look(page, "preset, deleted");
  await page.keyboard.press("Enter"); // on Undo, which has the focus
  await dialog.getByRole("button", { name: "Rename People next door" }).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });

  await signOut(page);
  assert.equal(await button.count(), 0, "presets are an account's");
  assert.ok(!(await page.content()).includes(VOICE), "what was written is not shown to who comes next");
  await signIn(page, stranger);
  await button.click();
  assert.equal(await page.getByRole("menuitemradio").count(), 0, "another account has none of them");
  await page.keyboard.press("Escape");
  await signOut(page);
  await signIn(page, account);
  await button.click();
  await page.getByRole("menuitemradio", { name: "People next door" }).click();
  await page.getByText("More: audience and brand voice").click();
  assert.equal(await page.getByRole("textbox", { name: "Brand voice" }).inputValue(), VOICE);
}

async function signOut(page) {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign up" }).first().waitFor();
}

async function signIn(page, { email, password }) {
  await page.goto("/sign-in?return_to=%2F");
  await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
  const field = page.getByLabel("Password", { exact: true });
  await field.fill(password);
  await field.press("Enter");
  await page.getByRole("heading", { level: 1, name: "What shall the crew write?" }).waitFor();
}
