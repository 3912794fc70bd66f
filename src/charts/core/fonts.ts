import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Returns the font files for measuring and drawing charts: regular and bold, from a package, not from the system. */
export function fontFiles(): readonly string[] {
  const folder = dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json"));
  return ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) => join(folder, "ttf", name));
}
