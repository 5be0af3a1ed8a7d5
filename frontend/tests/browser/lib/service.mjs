// The real service, from the jar that was built last, with data of its own; and the page's own server.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { databaseIn, freePort, signal, start } from "./children.mjs";
import { findJava, javaVersion } from "./java.mjs";
import { FRONTEND, HOME } from "./places.mjs";
import { Hopeless, until, within } from "./wait.mjs";

const JAR = join(HOME, "app-helidon/target/contentcrew-app.jar");
const WEB = join(FRONTEND, "dist/server/server.js");

/** Nothing of the shell that runs the tests may change what is tested. */
function cleanEnvironment() {
  const kept = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ"];
  return Object.fromEntries(kept.filter((name) => process.env[name]).map((name) => [name, process.env[name]]));
}

export class Service {
  #process = null;

  constructor({ port, folder, log, settings }) {
    this.port = port;
    this.url = `http://localhost:${port}`;
    this.folder = folder;
    this.log = log;
    this.settings = settings;
  }

  static async make({ folder, site, webPort, settings = {} }) {
    if (!existsSync(JAR)) {
      throw new Error(`there is no ${JAR}: build it first, or run the tests by ./crew test --page`);
    }
    mkdirSync(folder, { recursive: true });
    const port = await freePort();
    return new Service({
      port,
      folder,
      log: join(folder, "service.log"),
      settings: {
        LLM_PROVIDER: "offline",
        OFFLINE_TOKENS_PER_SECOND: "200", // quick, and yet one sees the words come
        TEST_PAYMENTS: "on",
        BCRYPT_COST: "4",
        JOB_HEARTBEAT: "500ms", // a killed instance is soon taken for dead
        JOB_DEAD_AFTER: "2s",
        // all tests come from one address, and people would not come so often
        SIGN_UP_LIMIT: "10000",
        GUEST_LIMIT: "10000",
        LOGIN_LIMIT: "10000",
        LOGIN_FAILURE_LIMIT: "10000",
        LETTER_LIMIT: "10000",
        ...(site ? { SITE_DIR: site } : {}),
        ...(webPort ? { CORS_ORIGINS: `http://localhost:${webPort}`, TRUSTED_PROXIES: "127.0.0.1,::1" } : {}),
        ...settings,
      },
    });
  }

  async start() {
    const java = findJava();
    const data = join(this.folder, "data");
    databaseIn(data);
    const options = ["-Xmx512m", "-XX:+UseSerialGC"];
    if (javaVersion(java) >= 23) {
      options.push("--sun-misc-unsafe-memory-access=allow");
    }
    options.push("-XX:+AutoCreateSharedArchive", `-XX:SharedArchiveFile=${this.folder}/service.jsa`, "-Xlog:cds*=off");
    this.#process = start(join(java, "bin/java"), [...options, "-jar", JAR, "run"], {
      cwd: this.folder,
      log: this.log,
      env: { ...cleanEnvironment(), ...this.settings, PORT: String(this.port), DATA_DIR: data },
    });
    await this.ready();
  }

  async ready() {
    const child = this.#process;
    await until(
      `the service is ready (its log: ${this.log})`,
      async () => {
        if (child.over) {
          throw new Hopeless(`the service ended:\n${readFileSync(this.log, "utf8").slice(-2000)}`);
        }
        return (await fetch(`${this.url}/health/ready`)).ok;
      },
      { seconds: 180 },
    );
  }

  /** No farewell, as when the power goes. */
  async kill() {
    signal(this.#process, "SIGKILL");
    await this.#process.ended;
  }

  async stop() {
    if (this.#process && !this.#process.over) {
      process.kill(this.#process.pid, "SIGTERM"); // the program only: it ends its database by itself
      await within(60, "stopping the service", this.#process.ended);
    }
  }
}

/** The server build, before a service. */
export class Web {
  #process = null;

  constructor(port, folder) {
    this.port = port;
    this.url = `http://localhost:${port}`;
    this.folder = folder;
    this.log = join(folder, "web.log");
  }

  async start(serviceUrl) {
    if (!existsSync(WEB)) {
      throw new Error(`there is no ${WEB}: npm run build:server makes it`);
    }
    this.#process = start(process.execPath, [WEB], {
      cwd: join(FRONTEND, "dist/server"),
      log: this.log,
      env: {
        ...cleanEnvironment(),
        NODE_ENV: "production",
        PORT: String(this.port),
        HOSTNAME: "localhost",
        API_INTERNAL_URL: serviceUrl,
      },
    });
    await until(`the page's server answers (its log: ${this.log})`, async () => (await fetch(this.url)).ok, {
      seconds: 60,
    });
  }

  async stop() {
    if (this.#process && !this.#process.over) {
      signal(this.#process, "SIGTERM");
      await within(30, "stopping the page's server", this.#process.ended);
    }
  }
}
