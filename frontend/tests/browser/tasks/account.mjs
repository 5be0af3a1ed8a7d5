// Signing in and out, and what the account page lets its owner do.
import assert from "node:assert/strict";
import { BOTH } from "./builds.mjs";

export const account = [
  { name: "sign-in-errors", builds: BOTH, run: signInErrors },
  { name: "account", builds: ["static"], run: accountPage },
];

async function signInErrors(t) {
  t.expect({ status: 401, path: /^\/v1\/auth\/login$/ }, { status: 422, path: /^\/v1\/auth\/(login|signup)$/ });
  t.expect({ status: 409, path: /^\/v1\/auth\/signup$/ });
  const owner = await t.api.account();
  const page = await t.page();
  await page.goto("/sign-in");
  const [email, password] = [
    page.getByRole("textbox", { name: "E-mail address" }),
    page.getByLabel("Password", { exact: true }),
  ];
  await email.fill(owner.email);
  await password.fill("not the password");
  await password.press("Enter");
  const alert = page.getByRole("alert").filter({ hasText: "You are not signed in" });
  await alert.waitFor();
  await t.look(page, "sign-in, refused");
  await t.tabThrough(page, "sign-in");
  assert.equal(await email.inputValue(), owner.email, "what was typed is kept");
  await page.goto("/sign-in?return_to=%2Flibrary");
  await email.fill(owner.email);
  await password.fill(owner.password);
  await password.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Library" }).waitFor();
  const scripts = await page.evaluate(() => ({
    cookie: document.cookie,
    kept: JSON.stringify({ ...localStorage, ...sessionStorage }),
  }));
  assert.ok(!/eyJ/.test(scripts.cookie + scripts.kept), "no script can read a token");

  await page.getByRole("button", { name: "Account of Robin Reader" }).click();
  await t.look(page, "account menu");
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign up" }).first().waitFor();
  assert.equal((await page.context().cookies()).filter((each) => /session/.test(each.name) && each.value).length, 0);

  await page.goto("/sign-up");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Twice There");
  await email.fill(owner.email);
  await password.fill("a long enough password");
  await password.press("Enter");
  await page.getByText("Sign in instead").waitFor();
  await t.look(page, "sign-up, taken");
  await password.fill("short");
  await email.fill("nobody");
  await page.getByRole("button", { name: "Make my account" }).click();
  await page.locator("[aria-invalid=true]").first().waitFor();
  await t.look(page, "sign-up, wrong");
}

async function accountPage(t) {
  t.expect({ status: 403, path: /^\/v1\/api-keys$/ }, { status: 403, path: /^\/v1\/account$/ });
  const { account: owner, page } = await t.reader({ tier: "pro" });
  await page.goto("/account");
  await page.getByRole("region", { name: "Where you are signed in" }).waitFor();
  await t.look(page, "account");
  await t.tabThrough(page, "account");

  await page.getByRole("button", { name: "Delete my account" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account?" });
  await t.look(page, "delete dialog");
  await dialog.getByRole("textbox", { name: /^Type/ }).fill("delete my account");
  await dialog.getByLabel("Password", { exact: true }).fill(owner.password);
  await dialog.getByRole("checkbox", { name: "Erase everything at once" }).check();
  await dialog.getByRole("button", { name: "Delete it" }).click();
  await page.getByRole("dialog", { name: "Your account is deleted" }).waitFor();
  await page.getByRole("link", { name: "To the studio" }).click();
  await page.getByRole("heading", { level: 1, name: "What shall the crew write?" }).waitFor();
  await t.api.call("POST", "/v1/auth/login", { body: { email: owner.email, password: owner.password }, expect: 401 });
}
