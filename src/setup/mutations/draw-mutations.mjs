import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Small random error in one line of a source file.
 *
 * @typedef {Readonly<{ file: string, at: number, find: string, replace: string, before: string, after: string }>} RandomMutation
 */

/** Folders whose formulas are mutated. */
const FOLDERS = [
  "src/models",
  "src/evaluation",
  "src/calibration",
  "src/segmentation",
  "src/strategy",
  "src/features/sql",
];

/** Operators between blanks, and what takes their place. @type {Readonly<Record<string, readonly string[]>>} */
const OPERATORS = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "<": ["<=", ">"],
  "<=": ["<", ">"],
  ">": [">=", "<"],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
};

/**
 * Draws mutations of constants, signs, comparisons and conjunctions, the same for the same seed and sources.
 *
 * @param {string} home
 * @param {{ count: number, seed: number }} options
 * @returns {RandomMutation[]}
 */
export function drawMutations(home, { count, seed }) {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|sql)$/.test(name) && !name.endsWith("index.ts"))
      .map((name) => `${folder}/${name}`),
  ).sort();
  const all = files.flatMap((file) => mutationsOf(file, readFileSync(join(home, file), "utf8")));
  const uniform = uniformFrom(seed);
  /** @type {RandomMutation[]} */
  const drawn = [];
  while (drawn.length < count && all.length) drawn.push(...all.splice(Math.floor(uniform() * all.length), 1));
  return drawn;
}

/**
 * Lists every mutation of a source text. Comments, texts, imports and types of one line are left alone.
 *
 * @param {string} file
 * @param {string} source
 * @returns {RandomMutation[]}
 */
export function mutationsOf(file, source) {
  const code = file.endsWith(".sql") ? source.replace(/--.*|'[^']*'/g, blank) : withoutTexts(source);
  const pattern = /(?<= )(\+|-|\*|\/|<=|<|>=|>|===|!==|&&|\|\|)(?= )|(?<![\w.$])\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.])/g;
  return [...code.matchAll(pattern)].flatMap(({ 0: find, index: at }) => {
    const start = code.lastIndexOf("\n", at) + 1;
    const end = code.indexOf("\n", at) < 0 ? code.length : code.indexOf("\n", at);
    if (/^\s*(import|export \{|export type|export interface|type|readonly|\* )/.test(code.slice(start, end))) return [];
    return (OPERATORS[find] ?? nearNumbers(find)).map((replace) => ({
      file,
      at,
      find,
      replace,
      before: source.slice(start, end).trim(),
      after: (source.slice(start, at) + replace + source.slice(at + find.length, end)).trim(),
    }));
  });
}

/** @param {string} text */
function nearNumbers(text) {
  const value = Number(text);
  if (Number.isInteger(value) && !text.includes("e"))
    return value === 0 ? ["1"] : [String(value + 1), String(value - 1)];
  return [String(value * 1.5)];
}

/** @param {string} text */
function blank(text) {
  return text.replace(/[^\n]/g, " ");
}

/**
 * Returns the code with blanks in place of comments, strings, templates and regular expressions.
 *
 * @param {string} source
 */
function withoutTexts(source) {
  const texts =
    /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|(?<=[(,=:] ?)\/(?:\\.|\[[^\]\n]*\]|[^/\\\n ])+\/[a-z]*/g;
  return source.replace(texts, blank);
}

/** @param {number} seed */
function uniformFrom(seed) {
  let state = seed >>> 0;
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
