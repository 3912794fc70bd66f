import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The font files that charts are measured and drawn with: regular and bold, from a package, never the system's. */
export function fontFiles(): readonly string[] {
  const folder = dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json"));
  return ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) => join(folder, "ttf", name));
}
