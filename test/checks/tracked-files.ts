import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Paths of all files that git tracks and that are there, relative to the root, with forward slashes. */
export function trackedFiles(...patterns: string[]): string[] {
  const list = execFileSync("git", ["ls-files", "-z", "--", ...patterns], { cwd: ROOT, encoding: "utf8" });
  return list.split("\0").filter((path) => path && existsSync(join(ROOT, path)));
}

/** The text of a tracked file. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Tracked files that are text, by path. A file with a zero byte is not. */
export function trackedTexts(...patterns: string[]): Map<string, string> {
  const texts = trackedFiles(...patterns).map((path) => [path, textOf(path)] as const);
  return new Map(texts.filter(([, text]) => !text.includes("\0")));
}
