import { posix } from "node:path";
import { findImports } from "./source-text.js";

/** The most files that a folder of src holds; a longer list is no table of contents. */
const MOST_FILES = 25;

/** One small file per metric is what evaluation is made of. */
const EXEMPT = ["src/evaluation"];

/** The folders with more than 25 files, each as "folder: count". */
export function crowdedFolders(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = posix.dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, count]) => count > MOST_FILES && !EXEMPT.includes(folder))
    .map(([folder, count]) => `${folder}: ${count}`);
}

/** The files that each file imports, types included. */
export function importGraph(sources: ReadonlyMap<string, string>): Map<string, readonly string[]> {
  return new Map(
    [...sources].map(([path, source]) => {
      const targets = findImports(source).flatMap(({ specifier }) => {
        if (!specifier.startsWith(".")) return [];
        const target = posix.normalize(posix.join(posix.dirname(path), specifier));
        return [target, target.replace(/\.js$/, ".ts")].filter((one) => sources.has(one));
      });
      return [path, targets];
    }),
  );
}

/** The circles of imports, each as the files on it in order. */
export function importCircles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      circles.push([...trail.slice(start), path]);
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return circles;
}

/** The files that one file reaches through imports, itself not among them. */
export function reachableFiles(graph: ReadonlyMap<string, readonly string[]>, from: string): string[] {
  const reached = new Set<string>();
  const visit = (path: string): void => {
    for (const next of graph.get(path) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      visit(next);
    }
  };
  visit(from);
  reached.delete(from);
  return [...reached].sort();
}
