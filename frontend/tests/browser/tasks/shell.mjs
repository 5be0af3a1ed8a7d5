// What is around every page: the theme, the menu, the way by keyboard, the policy, the page for what is not there.
import assert from "node:assert/strict";
import { BOTH } from "./builds.mjs";

export const shell = [
  { name: "not-found", builds: BOTH, run: notFound },
  { name: "theme", builds: BOTH, run: theme },
  { name: "narrow-menu", builds: BOTH, run: narrowMenu },
  { name: "policy", builds: BOTH, run: policy },
  { name: "offline-banner", builds: ["static"], run: offline },
];

async function notFound(t) {
  t.expect({ status: 404, path: /^\/no-such-page\/?$/ });
  const page = await t.page();
  const answer = await page.goto("/no-such-page");
  assert.equal(answer.status(), 404);
  await page.getByRole("heading", { level: 1, name: "This page is not here" }).waitFor();
  await t.look(page, "not found");
  await page.getByRole("link", { name: "To the studio" }).click();
  await page.waitForURL((url) => url.pathname === "/");
}

/** The colours are right in the first frame, and stay chosen after a reload, in another tab as well. */
async function theme(t) {
  const page = await t.page({ colorScheme: "light" });
  await page.addInitScript(() => {
    window.__themes = [];
    requestAnimationFrame(() => window.__themes.push(document.documentElement.dataset.theme));
    new MutationObserver(() => window.__themes.push(document.documentElement.dataset.theme)).observe(document, {
      subtree: true,
      attributes: true,
      attributeFilter: ["data-theme"],
    });
  });
  await page.goto("/");
  await page.getByRole("button", { name: "Colours: As the system" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.getByRole("button", { name: "Colours: Dark" }).waitFor();
  assert.equal(await themeOf(page), "dark");
  await page.reload();
  await page.getByRole("button", { name: "Colours: Dark" }).waitFor();
  const seen = await page.evaluate(() => window.__themes);
  assert.deepEqual([...new Set(seen)], ["dark"], "the page was never in other colours while it loaded");

  const second = await page.context().newPage();
  await second.goto("/");
  assert.equal(await themeOf(second), "dark");
  await second.getByRole("button", { name: "Colours: Dark" }).click();
  await second.getByRole("menuitemradio", { name: "As the system" }).click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
}

function themeOf(page) {
  return page.evaluate(() => document.documentElement.dataset.theme);
}

async function narrowMenu(t) {
  const page = await t.page({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  await page.goto("/");
  await page.getByRole("button", { name: "Open the menu" }).tap();
  await page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: "Pricing" }).waitFor();
  await t.look(page, "narrow menu");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /the menu/ }).waitFor();
}

/** No script runs that the page did not come with, and nobody may frame it. */
async function policy(t) {
  const page = await t.page();
  const answer = await page.goto("/");
  const csp = answer.headers()["content-security-policy"] ?? "";
  const scripts = /script-src ([^;]*)/.exec(csp)?.[1] ?? "";
  assert.ok(scripts && !scripts.includes("unsafe-inline") && !scripts.includes("unsafe-eval"), `script-src ${scripts}`);
  assert.match(csp, /frame-ancestors 'none'/);
  assert.match(csp, /base-uri 'none'/);
  t.expect({ text: /CSP: script-src|Content Security Policy/ });
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.__script = true";
    document.body.append(script);
    const image = document.createElement("img");
    image.setAttribute("onerror", "window.__handler = true");
    const failed = new Promise((resolve) => image.addEventListener("error", resolve));
    image.src = "data:,";
    document.body.append(image);
    return failed.then(() => ({ script: window.__script === true, handler: window.__handler === true }));
  });
  // By strict-dynamic what a trusted script adds is trusted too; by hashes alone it is not.
  assert.deepEqual(ran, { script: t.build === "server", handler: false });
}

async function offline(t) {
  t.expect({ failed: /.*/ });
  const page = await t.page();
  await page.goto("/");
  const banner = page.getByText("You are offline.");
  await page.context().setOffline(true);
  await banner.waitFor();
  await t.look(page, "offline");
  await page.context().setOffline(false);
  await banner.waitFor({ state: "detached" });
}
