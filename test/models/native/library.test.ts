import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openLightGbm } from "../../../src/models/native/lightgbm-library.js";
import { fileNameOf, locateLibrary, xgboostDescription } from "../../../src/models/native/locate-library.js";
import { NativeLibraryError } from "../../../src/models/native/native-library-error.js";
import { openXGBoost } from "../../../src/models/native/xgboost-library.js";
import { readEnvironment, workspaceAt } from "../../../src/storage/environment.js";
import { ROOT } from "../../checks/tracked-files.js";

const environment = readEnvironment();
const lightgbmFile = locateLibrary({ ...xgboostDescription, packageName: "lightgbm", stem: "_lightgbm" }, environment);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rekindle-library-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("the library is found in .venv, and loaded once", () => {
  expect(locateLibrary(xgboostDescription, environment)).toMatch(/\.venv.*site-packages.xgboost.lib/);
  expect(openXGBoost()).toBe(openXGBoost());
  expect(openLightGbm()).toBe(openLightGbm());
});

describe("a process that says nothing of OpenMP's policy", () => {
  const models = JSON.stringify(pathToFileURL(join(ROOT, "dist", "models", "index.js")).href);
  const fit = `import(${models}).then(({ fitXGBoostRegressor }) =>
    fitXGBoostRegressor({ nRows: 2, nCols: 1, data: Float64Array.of(1, 2) }, [1, 2], { seed: 7, nRounds: 1 }))`;
  const stderrOf = async (code: string) => {
    const { OMP_WAIT_POLICY: _, ...variables } = process.env;
    // OpenMP itself says what it was told when it was loaded.
    const env = { ...variables, OMP_DISPLAY_ENV: "true" };
    return (await promisify(execFile)(process.execPath, ["-e", code], { env })).stderr;
  };

  test("OpenMP threads sleep while idle", async () => {
    expect(await stderrOf(fit)).toContain("OMP_WAIT_POLICY = 'PASSIVE'");
  });

  test("a worker without OMP_WAIT_POLICY gets an error with the remedy", async () => {
    const worker = `new (require("node:worker_threads").Worker)(${JSON.stringify(`${fit}.catch(({ message }) => console.error(message))`)}, { eval: true })`;
    expect(await stderrOf(worker)).toContain("Cannot load XGBoost: OMP_WAIT_POLICY is not set; start Node with");
  });
});

test("the environment names another file", () => {
  const named = readEnvironment({ REKINDLE_XGBOOST_LIB: "/a.so", REKINDLE_LIGHTGBM_LIB: "/b.so" });
  expect([named.xgboostLibrary, named.lightgbmLibrary]).toEqual(["/a.so", "/b.so"]);
  expect(() => openXGBoost({ environment: { ...environment, ...named } })).toThrow('there is no file "/a.so"');
  expect(() => openLightGbm({ environment: { ...environment, ...named } })).toThrow('there is no file "/b.so"');
});

test("a file has the name that the system gives it", () => {
  const names = ["linux", "darwin", "win32"].map((system) => fileNameOf("xgboost", system));
  expect(names).toEqual(["libxgboost.so", "libxgboost.dylib", "xgboost.dll"]);
  expect(fileNameOf("_lightgbm", "linux")).toBe("lib_lightgbm.so");
  expect(fileNameOf("_lightgbm", "win32")).toBe("lib_lightgbm.dll");
});

describe("a library that cannot be used is refused with the file, the place and the remedy", () => {
  test("no Python environment", () => {
    const nowhere = { ...environment, workspace: workspaceAt(folder) };
    const open = () => openXGBoost({ environment: nowhere });
    expect(open).toThrow(NativeLibraryError);
    expect(open).toThrow(
      /^Cannot load XGBoost: libxgboost\.so is not there, looked for in ".*\.venv".*; `npm run setup` installs it$/,
    );
  });

  test("a path without a file", () => {
    const path = join(folder, "gone.so");
    expect(() => openXGBoost({ path })).toThrow(
      `Cannot load XGBoost: there is no file "${path}", which REKINDLE_XGBOOST_LIB or the library option names; \`npm run setup\` installs it`,
    );
  });

  test("a file that is not a library", () => {
    const path = join(folder, "text.so");
    writeFileSync(path, "not a library");
    const open = () => openXGBoost({ path });
    expect(open).toThrow(NativeLibraryError);
    expect(open).toThrow(/^Cannot load XGBoost: ".*text\.so" does not load \(.+\); `npm run setup` installs it$/);
  });

  test("another library", () => {
    expect(() => openXGBoost({ path: lightgbmFile })).toThrow(
      /^Cannot load XGBoost: ".*lib_lightgbm\.so" is another library or another version \(.+\); `npm run setup`/,
    );
  });

  test("an OpenMP whose threads would spin", () => {
    // By a path of its own, since a library that is loaded already is not looked at again.
    const elsewhere = join(folder, "link.so");
    symlinkSync(lightgbmFile, elsewhere);
    const open = () => openXGBoost({ path: elsewhere, environment: { ...environment, openMpWaitPolicy: "active" } });
    expect(open).toThrow('Cannot load XGBoost: OMP_WAIT_POLICY is "active"; start Node with OMP_WAIT_POLICY=passive');
  });
});
