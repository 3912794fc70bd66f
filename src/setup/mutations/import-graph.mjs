import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

/**
 * Import or re-export of values; `names` maps the name that the file uses or exports to that of the source.
 *
 * @typedef {Readonly<{ from: string, reexport: boolean, names: ReadonlyMap<string, string> | "all" }>} Link
 */

/**
 * Sources and tests of the repository, and which files each of them uses values of.
 *
 * An import from a contents page (`index.ts`) counts as one from the files that define the names: without that, every
 * test of a module would reach all of it.
 *
 * @param {string} home
 * @returns {Map<string, ReadonlySet<string>>} Files used by each file, by path relative to `home`.
 */
export function importGraph(home) {
  const files = ["src", "test"].flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .filter((file) => /\.(ts|mjs)$/.test(file)),
  );
  const texts = new Map(files.map((file) => [file, withoutComments(readFileSync(join(home, file), "utf8"))]));
  const links = new Map([...texts].map(([file, text]) => [file, linksOf(file, text)]));
  const exported = new Map([...texts].map(([file, text]) => [file, namesDefinedIn(text)]));
  const definers = (/** @type {string} */ file, /** @type {string} */ name) => {
    /** @type {Set<string>} */
    const found = new Set();
    /** @type {Set<string>} */
    const seen = new Set();
    const visit = (/** @type {string} */ path, /** @type {string} */ wanted) => {
      if (seen.has(`${path} ${wanted}`)) return;
      seen.add(`${path} ${wanted}`);
      if (exported.get(path)?.has(wanted)) found.add(path);
      for (const { from, reexport, names } of links.get(path) ?? []) {
        if (!reexport) continue;
        if (names === "all") visit(from, wanted);
        else if (names.get(wanted) === "*") for (const one of everything(from)) found.add(one);
        else if (names.has(wanted)) visit(from, names.get(wanted) ?? wanted);
      }
    };
    visit(file, name);
    return found.size ? [...found] : [file];
  };
  const everything = (/** @type {string} */ file) => {
    const seen = new Set([file]);
    for (const path of seen) for (const { from, reexport } of links.get(path) ?? []) if (reexport) seen.add(from);
    return [...seen];
  };
  return new Map(
    files.map((file) => {
      const used = (links.get(file) ?? []).flatMap(({ from, names }) =>
        names === "all" ? everything(from) : [...names.values()].flatMap((name) => definers(from, name)),
      );
      return [file, new Set([...used, ...filesReadBy(home, file, texts.get(file) ?? "")])];
    }),
  );
}

/**
 * Distances from a file to all that reach it.
 *
 * @param {ReadonlyMap<string, ReadonlySet<string>>} graph
 * @param {string} file
 * @returns {Map<string, number>} 1 for a file that uses it directly.
 */
export function distancesTo(graph, file) {
  const distances = new Map([[file, 0]]);
  for (const [near, distance] of distances) {
    for (const [path, used] of graph) if (used.has(near) && !distances.has(path)) distances.set(path, distance + 1);
  }
  return distances;
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {Link[]}
 */
function linksOf(file, text) {
  const statements = text.matchAll(/\b(import|export)\s+(?!type\b)([\w$*{}\s,]+?)\s+from\s+"(\.[^"]+)"/g);
  const whole = text.matchAll(/\bimport(?:\(|\s+)"(\.[^"]+)"/g);
  return [
    ...[...statements].map(([, keyword = "", clause = "", path = ""]) => ({
      from: sourceAt(file, path),
      reexport: keyword === "export",
      names: namesOf(clause, keyword === "export"),
    })),
    ...[...whole].map(([, path = ""]) => ({
      from: sourceAt(file, path),
      reexport: false,
      names: /** @type {const} */ ("all"),
    })),
  ];
}

/**
 * @param {string} clause As in `{ a, b as c }` or `* as all`.
 * @param {boolean} reexport
 * @returns {Link["names"]}
 */
function namesOf(clause, reexport) {
  const star = /^\*(?:\s+as\s+(\w+))?$/.exec(clause);
  if (star) return reexport && star[1] ? new Map([[star[1], "*"]]) : "all";
  const braces = /\{([^}]*)\}/.exec(clause)?.[1] ?? "";
  const named = braces.split(",").flatMap((part) => {
    const [, type, name, alias] = /^\s*(type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(part) ?? [];
    return name === undefined || type ? [] : [/** @type {const} */ ([alias ?? name, name])];
  });
  return new Map(/^[\w$]/.test(clause) ? [["default", "default"], ...named] : named);
}

/** @param {string} text */
function namesDefinedIn(text) {
  const declared = text.matchAll(
    /^export (?:declare )?(?:default )?(?:async )?(?:abstract )?(?:function\*?|const|let|class) ([\w$]+)/gm,
  );
  const listed = [...text.matchAll(/^export \{([^}]*)\};/gm)].flatMap(([, names = ""]) => names.match(/[\w$]+/g) ?? []);
  return new Set([...[...declared].map(([, name = ""]) => name), ...listed]);
}

/**
 * Files of a folder that a source reads by name, such as `new URL(`../sql/${name}.sql`, import.meta.url)`.
 *
 * @param {string} home
 * @param {string} file
 * @param {string} text
 */
function filesReadBy(home, file, text) {
  return [...text.matchAll(/new URL\(`(\.[^`$]*\/)\$\{[^}]*\}(\.\w+)`/g)].flatMap(([, folder = "", extension = ""]) => {
    const path = posix.join(posix.dirname(file), folder);
    if (!existsSync(join(home, path))) return [];
    const names = readdirSync(join(home, path)).filter((name) => name.endsWith(extension));
    return names.map((name) => posix.join(path, name));
  });
}

/** @param {string} file @param {string} path */
function sourceAt(file, path) {
  return posix.join(dirname(file), path).replace(/\.js$/, ".ts");
}

/** @param {string} text */
function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\//g, "");
}
