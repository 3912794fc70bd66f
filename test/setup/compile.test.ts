import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { build, buildState } from "../../src/setup/install/compile.mjs";
import { placesAt } from "../../src/setup/places.mjs";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A small project with our compiler and our compiler options. */
function project() {
  const places = placesAt(temporaryFolder());
  writeFiles(places.home, {
    "package.json": '{"type": "module"}',
    "src/one.ts": "export const one: number = 1;\n",
    "src/features/rfm.sql": "SELECT 1\n",
    "src/features/README.md": "# features\n",
    "src/cli/bin.ts": '#!/usr/bin/env node\nconsole.log("hello");\n',
    "src/setup/kernel.cjs": "",
  });
  cpSync(join(ROOT, "tsconfig.json"), join(places.home, "tsconfig.json"));
  cpSync(join(ROOT, "src", "tsconfig.json"), join(places.home, "src", "tsconfig.json"));
  mkdirSync(places.nodeModules);
  for (const name of ["typescript", "@types", "@typescript", "undici-types"]) {
    symlinkSync(join(ROOT, "node_modules", name), join(places.nodeModules, name));
  }
  return places;
}

test("build: code is compiled, assets are copied, and the program runs", async () => {
  const places = project();
  expect(buildState(places)).toBe("missing");
  await build(places);
  expect(buildState(places)).toBe("present");
  expect(readFileSync(join(places.dist, "features", "rfm.sql"), "utf8")).toBe("SELECT 1\n");
  for (const name of ["one.js", "one.d.ts", "one.js.map"]) expect(existsSync(join(places.dist, name))).toBe(true);
  for (const name of ["setup", "features/README.md"]) expect(existsSync(join(places.dist, name))).toBe(false);
  expect(statSync(places.bin).mode & 0o111).toBe(0o111);
});

test("any change of a source, an asset or an option calls for a build, and taking it back does not", async () => {
  const places = project();
  await build(places);
  for (const name of ["src/one.ts", "src/features/rfm.sql", "src/tsconfig.json", "tsconfig.json"]) {
    const text = readFileSync(join(places.home, name), "utf8");
    writeFiles(places.home, { [name]: `${text}\n` });
    expect(buildState(places), name).toBe("stale");
    writeFiles(places.home, { [name]: text });
    expect(buildState(places), name).toBe("present");
  }
  writeFiles(places.home, { "src/features/btyd.sql": "SELECT 3\n" });
  expect(buildState(places)).toBe("stale");
});

test("a lost output calls for a build, which brings it back", async () => {
  const places = project();
  await build(places);
  rmSync(join(places.dist, "one.js"));
  expect(buildState(places)).toBe("stale");
  await build(places);
  expect(readFileSync(join(places.dist, "one.js"), "utf8")).toContain("one = 1");
});

test("outputs of sources that are gone are gone too", async () => {
  const places = project();
  await build(places);
  rmSync(join(places.home, "src", "features"), { recursive: true });
  rmSync(join(places.home, "src", "one.ts"));
  await build(places);
  expect(existsSync(join(places.dist, "one.js"))).toBe(false);
  expect(existsSync(join(places.dist, "features"))).toBe(false);
});

test("a type error fails the build with the compiler's words and leaves no stamp", async () => {
  const places = project();
  await build(places);
  writeFiles(places.home, { "src/one.ts": 'export const one: number = "1";\n' });
  await expect(build(places)).rejects.toThrow(/Cannot compile src: .*[\s\S]*one\.ts.*TS2322/);
  expect(buildState(places)).toBe("stale");
});
