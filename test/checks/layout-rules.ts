/** All that may lie at the top of the repository. */
const TOP_LEVEL = new Set([
  ...["package.json", "package-lock.json", "tsconfig.json", "README.md", "LICENSE", "CHANGELOG.md", "Dockerfile"],
  ...["notebooks", "src", "reports", "artifacts", "mlruns", "datasets", "test", "docs", ".ci", ".github"],
  // Tools that look for their settings nowhere else.
  ...[".gitignore", ".npmrc", ".dockerignore", "biome.json", "vitest.config.ts"],
]);

/** The modules of src. */
const MODULES = new Set([
  ...[
    "numeric",
    "text",
    "storage",
    "progress",
    "schema",
    "table",
    "matrix",
    "engine",
    "datasets",
    "cleaning",
    "features",
  ],
  ...["models", "calibration", "evaluation", "segmentation", "drift", "recommendation", "strategy", "tracking"],
  ...["charts", "reports", "pipeline", "service", "cli", "setup"],
]);

const NOTEBOOKS = new Set(
  ["00-start", "01-cleaning", "02-features", "03-segmentation", "04-churn", "05-lifetime-value", "06-spend"]
    .concat(["07-reactivation", "08-drift", "09-strategy"])
    .map((name) => `${name}.ipynb`),
);

/** Folders whose content is remade by a command: only the page that says so is kept. */
const REMADE = ["artifacts", "reports", "mlruns", "datasets"];

/** What the layout has no place for, each as "path: what". */
export function layoutViolations(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const [top, second, ...rest] = path.split("/") as [string, ...string[]];
    if (!TOP_LEVEL.has(top)) return [`${path}: ${top} has no place at the top level`];
    if (top === "src" && rest.length && !MODULES.has(second!)) return [`${path}: src/${second} is no module`];
    if (top === "notebooks" && path.endsWith(".ipynb") && !NOTEBOOKS.has(path.slice("notebooks/".length))) {
      return [`${path}: is none of the numbered notebooks`];
    }
    if (REMADE.includes(top) && second !== "README.md") return [`${path}: is remade by a command, so it is not kept`];
    return [];
  });
}

/** Folders that must say what will appear in them and do not. */
export function silentFolders(paths: readonly string[]): string[] {
  return REMADE.filter((folder) => !paths.includes(`${folder}/README.md`));
}
