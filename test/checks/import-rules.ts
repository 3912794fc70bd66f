import { posix } from "node:path";
import { findImports, findInCode } from "./source-text.js";

/** Modules that know nothing of the field, each free to import those before it. "errors" is src/errors.ts. */
const LEAVES = ["errors", "numeric", "text", "storage", "progress", "schema", "table", "matrix"];

/** What each module may import values from. */
const ALLOWED: Record<string, readonly string[]> = {
  ...Object.fromEntries(LEAVES.map((leaf, i) => [leaf, LEAVES.slice(0, i)])),
  engine: LEAVES,
  datasets: [...LEAVES, "engine"],
  cleaning: [...LEAVES, "engine", "datasets"],
  features: [...LEAVES, "engine", "datasets", "cleaning"],
  evaluation: LEAVES,
  models: LEAVES,
  tracking: LEAVES,
  charts: LEAVES,
  calibration: [...LEAVES, "evaluation"],
  segmentation: [...LEAVES, "evaluation"],
  recommendation: [...LEAVES, "evaluation"],
  drift: [...LEAVES, "evaluation"],
  strategy: [...LEAVES, "evaluation"],
  reports: [...LEAVES, "charts"],
};
const BELOW_PIPELINE = Object.keys(ALLOWED);
ALLOWED["pipeline"] = BELOW_PIPELINE;
ALLOWED["service"] = [...BELOW_PIPELINE, "pipeline"];
ALLOWED["cli"] = [...BELOW_PIPELINE, "pipeline", "service"];

/** Types may come from any module that stands before one's own here. */
const ORDER = Object.keys(ALLOWED);

/** Packages that live in one place. */
const PACKAGES: readonly { readonly pattern: RegExp; readonly home: string }[] = [
  { pattern: /^koffi$/, home: "src/models/native/" },
  { pattern: /^@duckdb\//, home: "src/engine/" },
  { pattern: /^(vega|vega-.+|@observablehq\/plot|@resvg\/.+)$/, home: "src/charts/" },
];

/** Effects that live in few places. */
const EFFECTS: readonly { readonly name: string; readonly pattern: RegExp; readonly homes: readonly string[] }[] = [
  // The name by itself, in whatever way it is used, but neither a property nor a key.
  {
    name: "fetch",
    pattern: /(?<![\w.$])fetch\b(?!\s*\??:)/,
    homes: ["src/tracking/", "src/datasets/", "src/service/"],
  },
  {
    name: "process",
    pattern: /(?<![\w.$])process\b(?!\s*\??:)/,
    homes: ["src/cli/", "src/setup/", "src/storage/"],
  },
  // The back door to both, and where the notebook kernel and the package meet.
  {
    name: "globalThis",
    pattern: /(?<![\w.$])global(?:This)?\b(?!\s*\??:)/,
    homes: ["src/tracking/", "src/setup/", "src/pipeline/at-shutdown.ts", "src/progress/interruption.ts"],
  },
];

/** The module that a path below src belongs to. */
export function moduleOf(path: string): string {
  const [, first, ...rest] = path.split("/");
  if (rest.length) return first!;
  return first!.replace(/\.ts$/, "");
}

/**
 * What one source file does against the directions of imports, each as "path:line: what".
 *
 * @param path Relative to the repository, for example "src/charts/core/theme.ts".
 */
export function importViolations(path: string, source: string): string[] {
  const say = (line: number, what: string) => `${path}:${line}: ${what}`;
  const violations: string[] = [];
  for (const { specifier, line, typesOnly } of findImports(source)) {
    if (specifier.startsWith(".")) {
      const target = posix.normalize(posix.join(posix.dirname(path), specifier));
      const fault = faultOf(path, target, typesOnly);
      if (fault) violations.push(say(line, fault));
    } else if (!specifier.startsWith("node:") && path.startsWith("src/setup/") && path.endsWith(".mjs")) {
      violations.push(say(line, `setup imports ${specifier}, but it runs before any package is installed`));
    }
    const home = PACKAGES.find(({ pattern }) => pattern.test(specifier))?.home;
    if (home && !path.startsWith(home)) violations.push(say(line, `${specifier} is imported outside ${home}`));
    if (specifier === "node:process") violations.push(say(line, "node:process is imported"));
  }
  for (const { name, pattern, homes } of EFFECTS) {
    if (homes.some((home) => path.startsWith(home))) continue;
    for (const line of findInCode(source, pattern))
      violations.push(say(line, `${name} is used outside ${homes.join(", ")}`));
  }
  // Cells of notebooks become require calls, which such a module would refuse.
  for (const line of findInCode(source, /^(?:(?:export )?(?:const|let|var) [^=]*= )?(?:await |for await)/)) {
    violations.push(say(line, "there is a top-level await"));
  }
  return violations;
}

function faultOf(path: string, target: string, typesOnly: boolean): string | undefined {
  const from = moduleOf(path);
  const to = moduleOf(target.replace(/\.js$/, ".ts"));
  if (!target.startsWith("src/")) return `${from} imports ${target}, which is outside src`;
  if (from === to || from === "index") return undefined;
  if (typesOnly ? ORDER.indexOf(to) < ORDER.indexOf(from) && ORDER.includes(to) : ALLOWED[from]?.includes(to)) {
    return to === "errors" || target === `src/${to}/index.js`
      ? undefined
      : `${from} imports ${target} instead of src/${to}/index.js`;
  }
  return `${from} imports ${typesOnly ? "types from " : ""}${to}`;
}
