import { posix } from "node:path";
import { ROOT } from "./tracked-files.js";

const CHECKOUT = ROOT.replace(/\/$/, "");

/** Folders that are somebody's own: by custom, and this checkout unless its whole path is one word. */
const OWN = [
  "/(?:work|workspace|root|tmp|home/\\w+|Users/\\w+)/[\\w.-]+",
  ...(CHECKOUT.lastIndexOf("/") > 0 ? [`${CHECKOUT.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`] : []),
].join("|");

/** Lines of a file that name a folder of somebody's machine, each as "path:line: what". */
export function machinePaths(path: string, text: string): string[] {
  return matches(path, text, new RegExp(`(?:(?<![\\w./}*~-])|(?<=file://))(?:${OWN})`, "g"));
}

/** Lines that name the host of a package registry. */
export function registryHosts(path: string, text: string): string[] {
  return matches(
    path,
    text,
    /(?:https?|git\+\w+):\/\/[^\s"'/]*(?:registry|pypi|pythonhosted|npmjs|crates)[^\s"'/]*\/[^\s"']+\.(?:tgz|whl|tar\.gz)|"resolved":|--(?:extra-)?index-url|https?:\/\/registry\.\S+/g,
  );
}

/** Cells of a notebook that carry outputs or counts of executions. */
export function executedCells(path: string, text: string): string[] {
  const cells: { outputs?: unknown[]; execution_count?: number | null }[] = JSON.parse(text).cells;
  return cells.flatMap(({ outputs, execution_count }, i) => [
    ...(outputs?.length ? [`${path}: cell ${i + 1} has outputs`] : []),
    ...(execution_count == null ? [] : [`${path}: cell ${i + 1} has execution_count ${execution_count}`]),
  ]);
}

/** Relative links of a Markdown file that lead nowhere. */
export function brokenLinks(path: string, text: string, exists: (path: string) => boolean): string[] {
  const prose = text
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, (code) => code.replace(/[^\n]/g, " "))
    .replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].flatMap(({ 1: link, index }) => {
    if (/^(?:[a-z][a-z+.-]*:|#)/i.test(link!)) return [];
    const target = decodeURIComponent(link!.replace(/[?#].*$/, ""));
    const resolved = posix.join(target.startsWith("/") ? "" : posix.dirname(path), target);
    return exists(resolved) ? [] : [`${path}:${prose.slice(0, index).split("\n").length}: ${link} leads nowhere`];
  });
}

function matches(path: string, text: string, pattern: RegExp): string[] {
  return text
    .split("\n")
    .flatMap((line, i) => [...line.matchAll(pattern)].map(([found]) => `${path}:${i + 1}: ${found.slice(0, 80)}`));
}
