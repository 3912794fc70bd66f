import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..", "..");

/**
 * Compiles `src/` into a temporary folder, so that a child process runs the code as it stands and not as it was last
 * built. The caller removes the folder.
 */
export function compileSources(): string {
  const folder = mkdtempSync(join(tmpdir(), "rekindle-compiled-"));
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = spawnSync(
    process.execPath,
    [compiler, "-p", join(root, "src"), "--outDir", join(folder, "dist")],
    {
      encoding: "utf8",
    },
  );
  if (!existsSync(join(folder, "dist", "datasets", "index.js")))
    throw new Error(`Cannot compile the sources: ${stdout}`);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  return folder;
}
