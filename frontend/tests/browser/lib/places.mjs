import { fileURLToPath } from "node:url";

export const FRONTEND = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");
export const HOME = fileURLToPath(new URL("../../../../", import.meta.url)).replace(/\/$/, "");
export const RESULTS = `${FRONTEND}/test-results`;
