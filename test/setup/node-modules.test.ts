import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { installNodeModules, nodeModulesState } from "../../src/setup/install/node-modules.mjs";
import { placesAt } from "../../src/setup/places.mjs";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

const LOCK = JSON.stringify({
  packages: {
    "": {},
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b-darwin-arm64": { version: "1.0.0", optional: true },
  },
});

/** A home with a lock file, and a `npm` that is this script. */
function homeWithNpm(script: string) {
  const places = placesAt(temporaryFolder());
  writeFiles(places.home, { "package-lock.json": LOCK });
  const bin = temporaryFolder();
  writeFiles(bin, { npm: `#!/bin/sh\n${script}\n` }, { mode: 0o755 });
  vi.stubEnv("PATH", `${bin}${delimiter}${process.env["PATH"]}`);
  return places;
}

test("an installation is stamped, skipped while the lock file stays, and stale when it changes", async () => {
  const places = homeWithNpm("mkdir -p node_modules/a; echo x >> count");
  expect(nodeModulesState(places)).toBe("missing");
  await installNodeModules(places);
  expect(nodeModulesState(places)).toBe("present");
  const notes: string[] = [];
  await installNodeModules(places, { say: (note) => notes.push(note) });
  expect(notes).toEqual(["up to date"]);
  writeFiles(places.home, { "package-lock.json": LOCK.replace("1.0.0", "1.0.1") });
  expect(nodeModulesState(places)).toBe("stale");
});

test("an interrupted installation leaves no stamp and is done again", async () => {
  const places = homeWithNpm("mkdir -p node_modules/a; [ -e again ] && exit 0; touch again; sleep 30");
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("interrupted")), 300);
  await expect(installNodeModules(places, { signal: controller.signal })).rejects.toThrow("interrupted");
  expect(existsSync(join(places.nodeModules, ".rekindle-stamp"))).toBe(false);
  expect(nodeModulesState(places)).toBe("stale");
  await installNodeModules(places);
  expect(nodeModulesState(places)).toBe("present");
});

test("a failed installation says what npm said, and leaves no stamp", async () => {
  const places = homeWithNpm("mkdir -p node_modules; echo npm error code ENOSPC >&2; exit 228");
  await expect(installNodeModules(places)).rejects.toThrow(
    "Cannot install node modules: npm ended with exit code 228\nnpm error code ENOSPC",
  );
  expect(nodeModulesState(places)).toBe("stale");
});

test("what somebody's own npm install left is accepted if it matches the lock file", () => {
  const places = homeWithNpm("exit 1");
  const installed = (version: string) => JSON.stringify({ packages: { "node_modules/a": { version } } });
  writeFiles(places.nodeModules, { ".package-lock.json": installed("1.0.0") });
  expect(nodeModulesState(places)).toBe("present");
  writeFiles(places.nodeModules, { ".package-lock.json": installed("0.9.0") });
  expect(nodeModulesState(places)).toBe("stale");
});
