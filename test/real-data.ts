import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const beside = fileURLToPath(new URL("../../shared/datasets", import.meta.url));
const root = process.env["REKINDLE_DATA"] || beside;

/** True if the real datasets lie at `REKINDLE_DATA` or `../shared/datasets`. Where CI is set they must. */
export const hasRealData = existsSync(root);
if (!hasRealData && process.env["CI"]) {
  throw new Error(`Cannot test on real data: "${root}" does not exist; set REKINDLE_DATA or add ../shared/datasets`);
}

/** A folder or file among the real datasets. */
export function realData(...path: string[]): string {
  return join(root, ...path);
}
