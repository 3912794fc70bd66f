import { createRequire } from "node:module";
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
