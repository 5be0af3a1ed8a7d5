// Programs that a run starts. Whatever happens to the run, they end with it.
import { spawn } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { createServer } from "node:net";

const alive = new Set();
const datafolders = new Set();

/** Starts a program in a process group of its own; what it says goes to a file. */
export function start(command, args, { cwd, env, log }) {
  const sink = createWriteStream(log, { flags: "a" });
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.pipe(sink, { end: false });
  child.stderr.pipe(sink, { end: false });
  const ended = new Promise((resolve) => {
    child.once("error", (error) => {
      sink.write(`${error}\n`);
      resolve({ code: null, signal: null, error });
    });
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const handle = { pid: child.pid, ended, over: false, child };
  alive.add(handle);
  ended.then(() => {
    handle.over = true;
    alive.delete(handle);
  });
  return handle;
}

export function signal(handle, name) {
  if (!handle.over && handle.pid) {
    try {
      process.kill(-handle.pid, name);
    } catch (error) {
      if (error.code !== "ESRCH") {
        throw error;
      }
    }
  }
}

/** A killed service leaves its database behind; the next start takes it over, and the end of the run must not forget it. */
export function databaseIn(folder) {
  datafolders.add(folder);
}

function endDatabases() {
  for (const folder of datafolders) {
    try {
      const [pid, where] = readFileSync(`${folder}/postgres/cluster/postmaster.pid`, "utf8").split("\n");
      if (where.startsWith(folder)) {
        process.kill(Number(pid), "SIGQUIT");
      }
    } catch {
      // it ended with its service, as it should
    }
  }
}

export function endAll() {
  for (const handle of alive) {
    signal(handle, "SIGKILL");
  }
  endDatabases();
}

process.on("exit", endAll);
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(name, () => process.exit(130));
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
