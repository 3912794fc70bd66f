import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../../src/setup/child.mjs";
import {
  findPrerequisites,
  findProgram,
  isAtLeast,
  parseVersion,
  requirePrerequisites,
} from "../../src/setup/install/prerequisites.mjs";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

const SETUP = fileURLToPath(new URL("../../src/setup/", import.meta.url));

test.each([
  ["v20.19.1", [20, 19, 1]],
  ["Python 3.11.7", [3, 11, 7]],
  ["3.13.0rc1\n", [3, 13, 0]],
  ["11.19", [11, 19, 0]],
  ["command not found", null],
  ["", null],
])("the version in %j is %j", (text, version) => {
  expect(parseVersion(text)).toEqual(version);
});

test("versions compare by number, not as text", () => {
  expect(isAtLeast("3.9.18", "3.11.0")).toBe(false);
  expect(isAtLeast("3.11", "3.11.0")).toBe(true);
  expect(isAtLeast("20.19.0", "20.19.0")).toBe(true);
  expect(isAtLeast("20.9.0", "20.19.0")).toBe(false);
  expect(isAtLeast("22.0.0", "20.19.0")).toBe(true);
  expect(isAtLeast("unknown", "20.19.0")).toBe(false);
});

test("this machine has all that is needed", async () => {
  const found = await findPrerequisites();
  expect(found.map(({ name }) => name)).toEqual(["node", "npm", "python"]);
  expect(() => requirePrerequisites(found)).not.toThrow();
});

test("an old Node is named with what was found", async () => {
  const found = await findPrerequisites({ nodeVersion: "v18.20.4" });
  expect(() => requirePrerequisites(found)).toThrow(
    "Cannot set up: node is 18.20.4; Node.js 20.19 or later is required",
  );
});

/** A PATH that holds real node and npm and, if given, a python3 that is this script. */
function pathWith(python: string | undefined): string {
  const folder = temporaryFolder();
  for (const name of ["node", "npm"]) symlinkSync(findProgram(name)!, join(folder, name));
  for (const name of ["sh", "env"]) symlinkSync(join("/bin", name), join(folder, name));
  if (python !== undefined) writeFiles(folder, { python3: `#!/bin/sh\n${python}\n` }, { mode: 0o755 });
  return folder;
}

test.each([
  ["too old", "echo 3.9.2", "Cannot set up: python3 is 3.9.2; Python 3.11 or later is required"],
  ["absent", undefined, "Cannot set up: python3 was not found; Python 3.11 or later is required"],
  [
    "without ensurepip",
    "echo 3.12.1; echo ModuleNotFoundError >&2; exit 1",
    "Cannot set up: python3 3.12.1 cannot create an environment: it lacks ensurepip or venv",
  ],
])("with a Python that is %s, setting up ends with one line and code 1", async (found, python, line) => {
  const home = temporaryFolder();
  cpSync(SETUP, join(home, "src", "setup"), { recursive: true });
  const env = { ...process.env, PATH: pathWith(python) };
  // npm start begins in the same way: the first case tries it.
  const script = join(home, "src", "setup", found === "too old" ? "start.mjs" : "setup.mjs");
  const { code, output } = await run(process.execPath, [script], { env, cwd: home });
  expect({ code, output }).toEqual({ code: 1, output: `${line}\n` });
});
