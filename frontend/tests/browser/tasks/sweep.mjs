// Every room, as strangers, guests and members see it: looked at in both colours and two widths, and gone through by Tab.
import { BOTH } from "./builds.mjs";

const ROOMS = [
  "/",
  "/library",
  "/pricing",
  "/usage",
  "/account",
  "/billing",
  "/sign-in",
  "/sign-up",
  "/forgot-password",
];
const LETTERS = ["/reset-password", "/verify-email", "/auth/callback?status=error&error=cancelled"];

export const sweep = [
  { name: "rooms-of-strangers", builds: BOTH, run: (t) => rooms(t, "stranger", [...ROOMS, ...LETTERS]), seconds: 600 },
  { name: "rooms-of-guests", builds: ["static"], run: (t) => rooms(t, "guest", ROOMS), seconds: 600 },
  { name: "rooms-of-members", builds: BOTH, run: (t) => rooms(t, "member", ROOMS), seconds: 600 },
  { name: "slow-machine", builds: BOTH, run: slowMachine, seconds: 600 },
  { name: "reduced-motion", builds: ["static"], run: reducedMotion },
];

async function rooms(t, who, paths) {
  let page;
  if (who === "member") {
    ({ page } = await t.reader());
  } else {
    page = await t.page();
  }
  if (who === "guest") {
    await page.goto("/");
    const status = await page.evaluate(async () => {
      const answer = await fetch("/v1/auth/guest", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      });
      return answer.status;
    });
    if (status !== 201) {
      throw new Error(`no guest was let in: ${status}`);
    }
  }
  for (const path of paths) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    await t.look(page, `${who} at ${path}`);
    await t.tabThrough(page, `${who} at ${path}`);
  }
}

/** Where scripts run slowly, answers may be there before a part of the page is alive: it must be drawn as it came all the same. */
async function slowMachine(t) {
  const { context, page } = await t.reader();
  const line = await context.newCDPSession(page);
  await line.send("Emulation.setCPUThrottlingRate", { rate: 8 });
  for (const path of ROOMS) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
  }
}

async function reducedMotion(t) {
  const { account, page } = await t.reader({}, { reducedMotion: "reduce" });
  const { id } = await t.api.generate(account, { topic: "A quiet page", formats: ["blog"], length: "short" });
  await page.goto(`/studio?job=${id}`);
  await page.getByText("Writing").first().waitFor();
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((each) => each.playState === "running" && Number(each.effect?.getComputedTiming().duration) > 100)
      .map((each) => `${each.animationName ?? each.transitionProperty} of ${each.effect.target.className}`),
  );
  if (moving.length > 0) {
    t.fault(`moves although the reader wants less motion: ${moving.join(", ")}`);
  }
}
