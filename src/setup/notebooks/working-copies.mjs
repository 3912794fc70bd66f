import { createHash } from "node:crypto";

/**
 * Text of a notebook that is shipped, and of its working copy if there is one.
 *
 * @typedef {Readonly<{ name: string, original: string, copy?: string | undefined }>} NotebookPair
 */

/**
 * What to do with a working copy:
 *
 * - `keep`: it is up to date, or only its owner changed it.
 * - `create`: there is none.
 * - `refresh`: only the original changed. `kept` is true if the copy has outputs, which are worth a file of their own.
 * - `conflict`: original and copy both changed; the copy stays.
 *
 * @typedef {Readonly<{ name: string, action: "keep" }> | Readonly<{ name: string, action: "conflict" }>
 *   | Readonly<{ name: string, action: "create", text: string }>
 *   | Readonly<{ name: string, action: "refresh", text: string, kept: boolean }>} CopyAction
 */

/**
 * Decides what to do with each working copy. A copy carries the fingerprint of the original that it was made from, so
 * that both are written as one file. A notebook without it is not a copy but somebody's own.
 *
 * @param {readonly NotebookPair[]} pairs
 * @returns {readonly CopyAction[]}
 */
export function planWorkingCopies(pairs) {
  return pairs.map(({ name, original, copy }) => {
    if (copy === undefined) return { name, action: "create", text: workingCopyOf(original) };
    const notebook = parsed(copy);
    const base = notebook?.metadata?.[KEY]?.[FINGERPRINT];
    const now = fingerprintOf(original);
    const mine = fingerprintOf(copy);
    if (typeof base !== "string" || base === now || mine === now) return { name, action: "keep" };
    if (mine !== base) return { name, action: "conflict" };
    return { name, action: "refresh", text: workingCopyOf(original), kept: hasOutputs(notebook) };
  });
}

/**
 * Returns the text of a working copy: the notebook and the fingerprint of its original.
 *
 * @param {string} original
 * @throws {SyntaxError} If the original is no notebook.
 */
export function workingCopyOf(original) {
  const notebook = JSON.parse(original);
  const mark = { ...notebook.metadata?.[KEY], [FINGERPRINT]: fingerprintOf(original) };
  return `${JSON.stringify({ ...notebook, metadata: { ...notebook.metadata, [KEY]: mark } }, null, 1)}\n`;
}

/**
 * Returns the sha256 of what a person writes in a notebook: type, source, tags and attachments of each cell. Outputs,
 * counts and what Jupyter adds while it saves do not count. A text that is no notebook counts as a whole.
 *
 * @param {string} text
 */
export function fingerprintOf(text) {
  const cells = parsed(text)?.cells;
  const written = Array.isArray(cells)
    ? cells.map((cell) => [cell?.cell_type, textOf(cell?.source), cell?.metadata?.tags ?? [], cell?.attachments ?? {}])
    : text;
  return createHash("sha256").update(JSON.stringify(written)).digest("hex");
}

const KEY = "rekindle";
const FINGERPRINT = "original";

/**
 * @param {string} text
 * @returns {any} Any JSON value; undefined if the text is not JSON.
 */
function parsed(text) {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {unknown} source A text, or its lines. */
function textOf(source) {
  return Array.isArray(source) ? source.join("") : String(source ?? "");
}

/** @param {any} notebook */
function hasOutputs(notebook) {
  return notebook.cells.some((/** @type {any} */ cell) => cell?.outputs?.length > 0);
}
