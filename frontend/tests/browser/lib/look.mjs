// What holds on every page and in every state of it: no finding of axe-core, one heading, no sideways scroll; light and dark, wide and narrow.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { RESULTS } from "./places.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const SIZES = [
  { width: 1280, height: 800 },
  { width: 320, height: 640 },
];

/** All faults of a state: what it is, and where it was seen. */
export async function look(page, name, { headings = true, shots = false } = {}) {
  const faults = [];
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      const where = `${name}, ${size.width} px, ${colorScheme}`;
      const found = [...(await findings(page)), ...(await layout(page, headings))];
      faults.push(...found.map((fault) => ({ fault, where })));
      if (shots) {
        mkdirSync(`${RESULTS}/shots`, { recursive: true });
        const file = `${name.replace(/[^\w-]+/g, "-")}-${size.width}-${colorScheme}.png`;
        await page.screenshot({ path: `${RESULTS}/shots/${file}`, fullPage: true });
      }
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
  return faults;
}

/** Colours that are on their way to others would be measured half-way. Endless animations (a spinner) do not count. */
async function settled(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const finite = document
      .getAnimations()
      .filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime ?? 0) && each.playState === "running");
    await Promise.race([
      Promise.allSettled(finite.map((each) => each.finished)),
      new Promise((resolve) => setTimeout(resolve, 2000)),
    ]);
  });
}

async function findings(page) {
  if (!(await page.evaluate(() => typeof window.axe === "object"))) {
    await page.evaluate(AXE);
  }
  const { violations } = await page.evaluate(
    (tags) =>
      window.axe.run(document, {
        runOnly: { type: "tag", values: tags },
        resultTypes: ["violations"],
      }),
    TAGS,
  );
  return violations.map(
    ({ id, help, nodes }) =>
      `axe ${id} (${help}) ${nodes
        .slice(0, 3)
        .map((node) => `${node.target.join(" ")} ${node.any.map((each) => each.message).join("; ")}`)
        .join(" | ")}${nodes.length > 3 ? ` and ${nodes.length - 3} more` : ""}`,
  );
}

function layout(page, headings) {
  return page.evaluate((oneHeading) => {
    const faults = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.querySelectorAll("body *")]
        .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 0.5)
        .slice(0, 3)
        .map((each) => `${each.tagName.toLowerCase()}.${String(each.className).slice(0, 60)}`);
      faults.push(`scrolls sideways (${root.scrollWidth} > ${root.clientWidth}): ${wide.join(", ")}`);
    }
    const seen = [...document.querySelectorAll("h1")].filter((each) => each.checkVisibility());
    if (oneHeading && seen.length !== 1) {
      faults.push(`${seen.length} h1 where there should be one: ${seen.map((each) => each.textContent).join(" | ")}`);
    }
    if (!document.title.trim()) {
      faults.push("the page has no title");
    }
    return faults;
  }, headings);
}

/**
 * Goes through the page by Tab and tells what cannot be reached, and what does not show that it has the focus. Of a group of radio
 * buttons, tabs or menu items one is enough: arrows go to the others.
 */
export async function tabThrough(page) {
  await page.evaluate(() => {
    document.activeElement?.blur?.();
    scrollTo(0, 0);
    window.__reached = new Set();
  });
  const faults = [];
  let rounds = 0;
  const total = await page.evaluate(() => document.querySelectorAll("*").length);
  for (let step = 0; step < Math.min(total, 300); step++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement) {
        return { outside: true };
      }
      if (window.__reached.has(element)) {
        return { done: true };
      }
      window.__reached.add(element);
      const shown = (each) => {
        const style = getComputedStyle(each);
        return (
          (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none"
        );
      };
      const label = element.closest("label"); // a hidden box shows its focus by what is around it
      const outlined = shown(element) || (label !== null && shown(label));
      const box = (label ?? element).getBoundingClientRect();
      const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const name =
        element.getAttribute("aria-label") || element.textContent?.trim().slice(0, 40) || element.id || element.tagName;
      return {
        name: `${element.tagName.toLowerCase()} "${name}"`,
        outlined: outlined || style.boxShadow !== "none",
        inView,
      };
    });
    if (at.done || (at.outside && ++rounds > 1)) {
      break;
    }
    if (at.outside) {
      continue; // past the end; the next one is the first
    }
    if (!at.outlined) {
      faults.push(`${at.name} does not show that it has the focus`);
    }
    if (!at.inView) {
      faults.push(`${at.name} has the focus outside of what is seen`);
    }
  }
  faults.push(
    ...(await page.evaluate(() => {
      const can = [
        ...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]"),
      ].filter(
        (each) =>
          each.tabIndex >= 0 &&
          !each.disabled &&
          each.checkVisibility({ visibilityProperty: true }) &&
          !each.closest("[inert]") &&
          each.tagName !== "NEXT-ROUTE-ANNOUNCER",
      );
      const reachedRadios = new Set(
        [...window.__reached].filter((each) => each.type === "radio").map((each) => each.name),
      );
      return can
        .filter((each) => !window.__reached.has(each) && !(each.type === "radio" && reachedRadios.has(each.name)))
        .map(
          (each) =>
            `Tab does not reach ${each.tagName.toLowerCase()} "${each.textContent.trim().slice(0, 40) || each.id}"`,
        );
    })),
  );
  return faults;
}
