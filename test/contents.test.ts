import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as contents from "../src/index.js";

// The command line and the set-up are programs, not modules to import.
const programs = ["cli", "setup"];

test("the contents page names every module, and nothing else", () => {
  const src = join(import.meta.dirname, "..", "src");
  const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const modules = folders.map(({ name }) => name).filter((name) => !programs.includes(name));
  expect(Object.keys(contents).sort()).toEqual(modules.sort());
});
