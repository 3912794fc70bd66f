import koffi, { type LibraryHandle } from "koffi";
import { messageOf } from "../../errors.js";
import { defaultWaitPolicy, type Environment, readEnvironment } from "../../storage/index.js";
import { INSTALL, type LibraryDescription, locateLibrary } from "./locate-library.js";
import { NativeLibraryError } from "./native-library-error.js";

/** The library's functions by name; each is declared as C declares it. */
export type Declare = <F>(prototype: string) => F;

/** Libraries that this process has loaded, by name and path: they stay until it ends. */
const loaded = new Map<string, unknown>();

/**
 * Loads a library once per process and binds its functions.
 *
 * @param bind Declares the functions and checks that the library is of a usable version.
 * @param options.path The library's file; defaults to the environment's, then to that in `.venv`.
 * @throws {NativeLibraryError} If the file is missing or is not the library, or if OpenMP's threads would spin.
 */
export function openLibrary<T>(
  description: LibraryDescription,
  bind: (declare: Declare, path: string) => T,
  { path, environment = readEnvironment() }: { path?: string | undefined; environment?: Environment | undefined } = {},
): T {
  const { name, packageName } = description;
  const configured = packageName === "xgboost" ? environment.xgboostLibrary : environment.lightgbmLibrary;
  const file = locateLibrary(description, environment, path ?? configured);
  const key = `${name} ${file}`;
  const known = loaded.get(key) as T | undefined;
  if (known) return known;
  requirePassiveWait(name, environment);
  let handle: LibraryHandle;
  try {
    handle = koffi.load(file);
  } catch (cause) {
    throw new NativeLibraryError(`Cannot load ${name}: "${file}" does not load (${messageOf(cause)}); ${help(cause)}`, {
      cause,
    });
  }
  let library: T;
  try {
    library = bind(<F>(prototype: string) => handle.func(prototype) as F, file);
  } catch (cause) {
    if (cause instanceof NativeLibraryError) throw cause;
    const what = `"${file}" is another library or another version (${messageOf(cause)})`;
    throw new NativeLibraryError(`Cannot load ${name}: ${what}; ${INSTALL}`, { cause });
  }
  loaded.set(key, library);
  return library;
}

/**
 * Throws unless OpenMP's wait policy is passive. OpenMP reads it when it is loaded; spinning threads were 25 times
 * slower on busy cores.
 */
function requirePassiveWait(name: string, { openMpWaitPolicy = defaultWaitPolicy() }: Environment): void {
  if (openMpWaitPolicy?.toLowerCase() === "passive") return;
  const is = openMpWaitPolicy === undefined ? "not set" : `"${openMpWaitPolicy}"`;
  throw new NativeLibraryError(
    `Cannot load ${name}: OMP_WAIT_POLICY is ${is}; start Node with OMP_WAIT_POLICY=passive`,
  );
}

function help(cause: unknown): string {
  // LightGBM's wheel leaves OpenMP to the system.
  return /libgomp/.test(messageOf(cause)) ? "`apt-get install libgomp1` installs what it lacks" : INSTALL;
}
