import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import {
  installPythonEnvironment,
  pythonEnvironmentState,
  requirementOf,
} from "../../src/setup/install/python-environment.mjs";
import { placesAt } from "../../src/setup/places.mjs";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

const SETUP = fileURLToPath(new URL("../../src/setup/install/", import.meta.url));
const REQUIREMENTS = `anyio==4.1 \\
    --hash=sha256:aa
    # via x
uv==0.13.8 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via -r requirements.in
uvicorn==0.5 \\
    --hash=sha256:dd
`;

test("one package's lines are found among those with a similar name", () => {
  expect(requirementOf("uv", REQUIREMENTS)).toBe("uv==0.13.8 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n");
  expect(() => requirementOf("pip", REQUIREMENTS)).toThrow('Cannot find "pip" in the requirements');
});

test("every requirement is pinned and hashed, and the file names no host and no folder of the machine it was made on", () => {
  const text = readFileSync(join(SETUP, "requirements.txt"), "utf8");
  const pins = text.split("\n").filter((line) => /^[a-z]/.test(line));
  expect(pins.length).toBeGreaterThan(50);
  for (const pin of pins) expect(pin).toMatch(/^[a-z0-9-]+==[\w.]+ .*\\$/);
  expect(text.split("\n").filter((line) => !/^(\s*#|\s+--hash=sha256:[0-9a-f]{64}|[a-z0-9-]+==|$)/.test(line))).toEqual(
    [],
  );
  expect(text).not.toMatch(/:\/\/|--index|--find-links|(^|\s)\/\w/m);
  for (const wanted of readFileSync(join(SETUP, "requirements.in"), "utf8").matchAll(
    /^([a-z-]+)(?:\[\w+\])?(==[\d.]+)?$/gm,
  )) {
    expect(pins.some((pin) => pin.startsWith(`${wanted[1]}${wanted[2] ?? "=="}`))).toBe(true);
  }
});

/** A home whose Python makes an environment out of a shell script that notes what it is asked to do. */
function homeWithPython(python: string) {
  const places = placesAt(temporaryFolder());
  writeFiles(places.setup, { "install/requirements.txt": REQUIREMENTS });
  const bin = temporaryFolder();
  const log = join(bin, "log");
  writeFiles(bin, { python: `#!/bin/sh\necho "$@" >> ${log}\n${python}\n` }, { mode: 0o755 });
  const make = `for folder; do :; done\necho "$@" >> ${log}\nmkdir -p $folder/bin; echo home > $folder/pyvenv.cfg\ncp ${bin}/python $folder/bin/python`;
  writeFiles(bin, { python3: `#!/bin/sh\n${make}\n` }, { mode: 0o755 });
  vi.stubEnv("PATH", `${bin}${delimiter}${process.env["PATH"]}`);
  return { places, log: () => readFileSync(log, "utf8").trim().split("\n") };
}

test("where uv cannot be had pip installs the same file, by hash", async () => {
  const { places, log } = homeWithPython('case "$*" in *uv-requirements*) exit 1;; esac');
  const notes: string[] = [];
  await installPythonEnvironment(places, { say: (note) => notes.push(note) });
  expect(notes.at(-1)).toBe("installed with pip");
  expect(log().at(-1)).toBe(
    `-m pip install --quiet --no-input --require-hashes -r ${join(places.setup, "install", "requirements.txt")}`,
  );
  expect(pythonEnvironmentState(places)).toBe("present");
});

test("other requirements make the environment stale; it is kept and brought up to date", async () => {
  const { places, log } = homeWithPython('case "$*" in *uv-requirements*) exit 1;; esac');
  expect(pythonEnvironmentState(places)).toBe("missing");
  await installPythonEnvironment(places);
  writeFiles(places.setup, { "install/requirements.txt": REQUIREMENTS.replace("4.1", "4.2") });
  expect(pythonEnvironmentState(places)).toBe("stale");
  await installPythonEnvironment(places);
  expect(log().filter((line) => line.includes("-m venv"))).toEqual([
    `-m venv --clear ${places.venv}`,
    `-m venv ${places.venv}`,
  ]);
});

test("an interrupted installation leaves no stamp, and the next one begins from an empty environment", async () => {
  const { places, log } = homeWithPython("[ -e again ] && exit 0; touch again; sleep 30");
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("interrupted")), 400);
  await expect(installPythonEnvironment(places, { signal: controller.signal })).rejects.toThrow("interrupted");
  expect(existsSync(join(places.venv, ".rekindle-stamp"))).toBe(false);
  expect(pythonEnvironmentState(places)).toBe("stale");
  await installPythonEnvironment(places);
  expect(
    log()
      .filter((line) => line.includes("-m venv"))
      .at(-1),
  ).toBe(`-m venv --clear ${places.venv}`);
  expect(pythonEnvironmentState(places)).toBe("present");
});
