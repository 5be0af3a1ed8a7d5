import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

configure({ asyncUtilTimeout: 20_000 }); // machines are busy; nothing here waits for time to pass

afterEach(() => {
  cleanup();
  globalThis.localStorage?.clear(); // tests of the server have none
  globalThis.sessionStorage?.clear();
});
