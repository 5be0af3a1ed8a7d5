// Everything a browser complains of while a test runs. What the test did not announce fails it.

/** What happens on every page and is no fault. */
const ALWAYS = [
  { status: 401, path: /^\/v1\/auth\/me$/ }, // how a page learns that nobody is signed in
];

export class Watch {
  #seen = [];
  #expected = [...ALWAYS];

  /** `{status, path}` of an answer, `{failed: path}` of a request that finds nobody, or `{text}` of anything in the console. */
  expect(...what) {
    this.#expected.push(...what);
  }

  async attach(context) {
    await context.exposeBinding("tellOfViolation", (_, text) => this.#add({ kind: "csp", text: `CSP: ${text}` }));
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        window.tellOfViolation(`${event.violatedDirective} blocked ${event.blockedURI} at ${event.sourceFile}`);
      });
    });
    context.on("console", (message) => this.#console(message));
    context.on("weberror", (error) => {
      const thrown = error.error();
      this.#add({ kind: "error", text: `at ${error.page()?.url()}: ${thrown?.stack ?? thrown}` });
    });
    context.on("response", (response) => {
      if (response.status() >= 400) {
        const path = new URL(response.url()).pathname;
        this.#add({ kind: "answer", status: response.status(), path, text: `${response.status()} for ${path}` });
      }
    });
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      if (why === "net::ERR_ABORTED") {
        return; // the page went on to another one, or this became a download; what is refused or broken is called otherwise
      }
      const path = new URL(request.url()).pathname;
      this.#add({ kind: "failed", path, text: `${why} for ${path}` });
    });
  }

  #console(message) {
    if (!["error", "warning"].includes(message.type())) {
      return;
    }
    const text = message.text();
    if (/^Failed to load resource/.test(text)) {
      return; // told better by the answer or the request itself
    }
    this.#add({ kind: "console", text: `${message.type()}: ${text}` });
  }

  #add(complaint) {
    this.#seen.push(complaint);
  }

  unexpected() {
    return this.#seen.filter((each) => !this.#expected.some((one) => matches(one, each))).map((each) => each.text);
  }
}

function matches(expected, seen) {
  if (expected.status !== undefined) {
    return seen.kind === "answer" && seen.status === expected.status && expected.path.test(seen.path);
  }
  if (expected.failed !== undefined) {
    return seen.kind === "failed" && expected.failed.test(seen.path);
  }
  return expected.text.test(seen.text);
}
