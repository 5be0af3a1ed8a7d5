// The service, asked directly: to prepare what a test begins with, and to compare with what the page shows.

export class Api {
  constructor(url) {
    this.url = url;
  }

  async call(method, path, { token, body, headers = {}, expect } = {}) {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      redirect: "manual",
    });
    if (expect !== undefined ? answer.status !== expect : !answer.ok) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    }
    return answer;
  }

  async json(method, path, options) {
    return (await this.call(method, path, options)).json();
  }

  /** A new account; `cookies` are what a browser of its owner holds. */
  async account(origin = this.url) {
    const email = `reader-${crypto.randomUUID()}@example.com`;
    const password = `a long password ${crypto.randomUUID().slice(0, 8)}`;
    const answer = await this.call("POST", "/v1/auth/signup", {
      body: { email, password, name: "Robin Reader" },
      headers: { origin },
    });
    const { access_token: token, user } = await answer.json();
    return { email, password, token, user, cookies: cookiesOf(answer, origin) };
  }

  /** Buys a plan from the provider that takes no money. */
  async upgrade(account, tier) {
    const { url } = await this.json("POST", "/v1/billing/checkout", {
      token: account.token,
      body: { tier, interval: "month" },
      headers: { "idempotency-key": crypto.randomUUID() },
    });
    const page = new URL(url);
    await this.call("POST", `${page.pathname}?choice=pay&${page.searchParams}`, { expect: 303 });
    for (let tries = 0; tries < 200; tries++) {
      const me = await this.json("GET", "/v1/auth/me", { token: account.token });
      if (me.tier === tier) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${tier} was paid for, and never came`);
  }

  generate(account, brief) {
    return this.json("POST", "/v1/content/generate", { token: account.token, body: brief });
  }

  job(account, id) {
    return this.json("GET", `/v1/content/jobs/${id}`, { token: account.token });
  }

  artifact(account, id, format, query = "") {
    return this.json("GET", `/v1/content/jobs/${id}/artifacts/${format}${query}`, { token: account.token });
  }

  /** Waits for the end of a job, which its stream tells: to ask again and again would use up the reader's rate. */
  async written(account, id) {
    await this.log(account, id);
    const job = await this.job(account, id);
    if (["pending", "running"].includes(job.status)) {
      throw new Error(`the stream of job ${id} ended, and it is still ${job.status}`);
    }
    return job;
  }

  /** All events of a job up to its end, from the stream's log. */
  async log(account, id) {
    const answer = await this.call("GET", `/v1/content/jobs/${id}/stream`, {
      token: account.token,
      headers: { accept: "text/event-stream" },
    });
    const events = [];
    for (const block of (await answer.text()).split("\n\n")) {
      const data = block
        .split("\n")
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5).trim())
        .join("\n");
      if (data) {
        events.push(JSON.parse(data));
      }
    }
    return events;
  }
}

/**
 * What a task wrote, put together from the log by the offsets that it tells (in code points): one text for each time it began, the last
 * one last. A gap or a word that is there twice is thrown.
 */
export function textsOf(events, task) {
  const texts = [];
  let points = null;
  const end = () => {
    if (points) {
      texts.push(points.join(""));
    }
    points = null;
  };
  for (const event of events.filter((each) => each.task === task)) {
    if (event.type === "task_started" || event.type === "task_restarted") {
      end();
      points = [];
    } else if (event.type === "text_delta") {
      if (event.offset !== points?.length) {
        throw new Error(`the log of ${task} goes on at ${event.offset}, and has ${points?.length} characters`);
      }
      points.push(...event.text);
    }
  }
  end();
  return texts;
}

/** All texts of a piece, in the order in which it is read. */
export function textOfArtifact(artifact) {
  return Object.values(artifact)
    .flat()
    .map((each) => (typeof each === "object" && each !== null ? textOfArtifact(each) : String(each)))
    .join("\n");
}

/** Only its letters: what marks, blanks and their arrangement on the page leave as it is. */
export function letters(text) {
  return (text.match(/\p{L}+/gu) ?? []).join("");
}

export function cookiesOf(answer, origin) {
  return answer.headers.getSetCookie().map((line) => {
    const [pair, ...attributes] = line.split(";").map((each) => each.trim());
    const at = pair.indexOf("=");
    return {
      name: pair.slice(0, at),
      value: pair.slice(at + 1),
      domain: new URL(origin).hostname,
      path: "/",
      httpOnly: attributes.some((each) => /^httponly$/i.test(each)),
      sameSite: "Lax",
    };
  });
}
