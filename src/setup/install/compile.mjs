import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { runOrThrow } from "../child.mjs";
import { stamped, stampOf, stampState } from "./stamp.mjs";

/** @typedef {import("../places.mjs").Places} Places */

/**
 * @param {Places} places
 * @returns {"present" | "missing" | "stale"}
 */
export function buildState(places) {
  if (!existsSync(places.dist)) return "missing";
  const whole = outputsOf(places).every((path) => existsSync(path));
  const state = stampState(stampPath(places), stampFor(places));
  return state === "present" && whole ? "present" : "stale";
}

/**
 * Compiles `src` into `dist`, copies assets, and removes outdated files, unless the build is up to date.
 *
 * @param {Places} places
 * @param {{ signal?: AbortSignal, say?: (note: string) => void }} [options]
 */
export async function build(places, { signal, say } = {}) {
  if (buildState(places) === "present") return say?.("up to date");
  say?.("tsc");
  // Files may change while the compiler runs; the stamp has their state at the start, so the next build runs again.
  const stamp = stampFor(places);
  await stamped(
    stampPath(places),
    () => stamp,
    async () => {
      // By path: `tsc` may be an older compiler of a dependency.
      const compiler = [join(places.nodeModules, "typescript", "bin", "tsc"), "-p", join("src", "tsconfig.json")];
      await runOrThrow("compile src", "node", compiler, { cwd: places.home, ...(signal && { signal }) });
      for (const asset of assetsOf(places)) {
        const target = join(places.dist, relative(sourceFolder(places), asset));
        mkdirSync(dirname(target), { recursive: true });
        copyFileSync(asset, target);
      }
      removeOthers(places.dist, new Set(outputsOf(places)));
      if (existsSync(places.bin)) chmodSync(places.bin, 0o755);
    },
  );
  say?.("compiled");
}

/** @param {Places} places */
function sourceFolder(places) {
  return join(places.home, "src");
}

/** @param {Places} places */
function stampPath(places) {
  return join(places.dist, ".stamp");
}

/** @param {Places} places */
function stampFor(places) {
  const files = [...sourcesOf(places), ...assetsOf(places)];
  const compiler = join(places.nodeModules, "typescript", "package.json");
  const version = existsSync(compiler) ? JSON.parse(readFileSync(compiler, "utf8")).version : "absent";
  const configurations = [join(places.home, "tsconfig.json"), join(sourceFolder(places), "tsconfig.json")];
  const names = files.map((file) => relative(places.home, file)).join("\n");
  return stampOf({ files: [...files, ...configurations], texts: [names, `typescript ${version}`] });
}

/** @param {Places} places */
function sourcesOf(places) {
  return filesOf(places).filter((path) => path.endsWith(".ts"));
}

/**
 * Lists assets: SQL, JSON, fonts.
 *
 * @param {Places} places
 */
function assetsOf(places) {
  return filesOf(places).filter((path) => !/\.ts$|\.md$|tsconfig\.json$|\.tmp$/.test(path));
}

/** @param {Places} places All of `src` except for `setup`, which is not built, in a fixed order. */
function filesOf(places) {
  const source = sourceFolder(places);
  return listFiles(source).filter((path) => !path.startsWith(places.setup + sep));
}

/** @param {Places} places */
function outputsOf(places) {
  const source = sourceFolder(places);
  const compiled = sourcesOf(places)
    .filter((path) => !path.endsWith(".d.ts"))
    .flatMap((path) => [".js", ".js.map", ".d.ts", ".d.ts.map"].map((ending) => path.replace(/\.ts$/, ending)));
  return [...compiled, ...assetsOf(places)].map((path) => join(places.dist, relative(source, path)));
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function listFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

/**
 * Removes all files of a folder except for those to keep, and empty folders.
 *
 * @param {string} folder
 * @param {ReadonlySet<string>} keep
 */
function removeOthers(folder, keep) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      removeOthers(path, keep);
      if (!readdirSync(path).length) rmdirSync(path);
    } else if (!keep.has(path)) {
      rmSync(path);
    }
  }
}
