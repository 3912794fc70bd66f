import { existsSync, readdirSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../storage/index.js";
import { NativeLibraryError } from "./native-library-error.js";

/** Description of a native library. */
export interface LibraryDescription {
  /** "XGBoost" or "LightGBM". */
  readonly name: string;
  /** The Python package that contains it. */
  readonly packageName: string;
  /** The name of its file without what the system puts around it, for example "xgboost". */
  readonly stem: string;
  /** The environment variable that names another file. */
  readonly variable: string;
}

/** The XGBoost library. */
export const xgboostDescription: LibraryDescription = {
  name: "XGBoost",
  packageName: "xgboost",
  stem: "xgboost",
  variable: "REKINDLE_XGBOOST_LIB",
};

/** The LightGBM library. */
export const lightgbmDescription: LibraryDescription = {
  name: "LightGBM",
  packageName: "lightgbm",
  stem: "_lightgbm",
  variable: "REKINDLE_LIGHTGBM_LIB",
};

/** The command that every error about a library ends with. */
export const INSTALL = "`npm run setup` installs it";

/**
 * Returns the path of a library: the given one, or else that in the Python package of `.venv`.
 *
 * @throws {NativeLibraryError} If there is no such file; the message says which was looked for, and where.
 */
export function locateLibrary(
  { name, packageName, stem, variable }: LibraryDescription,
  { workspace: { venv } }: Pick<Environment, "workspace">,
  given?: string,
): string {
  if (given !== undefined) {
    if (existsSync(given)) return given;
    throw new NativeLibraryError(
      `Cannot load ${name}: there is no file "${given}", which ${variable} or the library option names; ${INSTALL} into .venv, where it is found without either`,
    );
  }
  const file = fileNameOf(stem, platform());
  const candidates = sitePackages(venv).map((folder) => join(folder, packageName, "lib", file));
  const found = candidates.find((path) => existsSync(path));
  if (found) return found;
  const places = candidates.length
    ? candidates.map((path) => `"${path}"`).join(", ")
    : `"${venv}", which has no Python`;
  throw new NativeLibraryError(`Cannot load ${name}: ${file} is not there, looked for in ${places}; ${INSTALL}`);
}

/** Returns the file name of a shared library on a system, as the Python packages have it. */
export function fileNameOf(stem: string, system: string): string {
  if (system === "win32") return stem === "_lightgbm" ? "lib_lightgbm.dll" : `${stem}.dll`;
  return `lib${stem}.${system === "darwin" ? "dylib" : "so"}`;
}

function sitePackages(venv: string): string[] {
  const unix = join(venv, "lib");
  const versions = existsSync(unix) ? readdirSync(unix).filter((name) => name.startsWith("python")) : [];
  const folders = [
    ...versions.map((version) => join(unix, version, "site-packages")),
    join(venv, "Lib", "site-packages"),
  ];
  return folders.filter((folder) => existsSync(folder));
}
