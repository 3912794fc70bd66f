import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { nodeVersion } from "../storage/index.js";

/** Versions of what computes, for manifests. */
export function versions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const version = (name: string) => (require(name) as { version: string }).version;
  return {
    rekindle: version("../../package.json"),
    duckdb: version("@duckdb/node-api/package.json"),
    node: nodeVersion,
  };
}

/** Returns the version of the code that computes: that of the package and, in a build, the stamp of its sources. */
export function codeVersion(): string {
  const stamp = fileURLToPath(new URL("../.stamp", import.meta.url));
  const build = existsSync(stamp) ? readFileSync(stamp, "utf8").trim().slice(0, 16) : "source";
  return `${versions()["rekindle"]}+${build}`;
}
