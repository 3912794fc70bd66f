"use strict";

const { formatColumn } = require("./table-cells.cjs");

const maxRows = 20;
const maxColumns = 40;
const maxTextWidth = 140;
/** Maximum line length of cells. */
const maxLine = 40;

/** Returns true for arquero tables and arrays of plain records. */
function isTable(value) {
  return isArqueroTable(value) || isRecords(value);
}

/** Returns the MIME bundle of a table, with escaped HTML and plain text: the first rows and the number of further ones. */
function tableBundle(value) {
  const { names, numRows, read } = isArqueroTable(value) ? readArquero(value) : readRecords(value);
  const rows = Array.from({ length: Math.min(numRows, maxRows) }, (_, row) => row);
  const columns = names.slice(0, maxColumns).map((name) => ({
    name,
    ...formatColumn(
      rows.map((row) => read(name, row)),
      { name },
    ),
  }));
  const hidden = { rows: numRows - rows.length, columns: names.length - columns.length };
  return { "text/html": renderHtml(columns, rows, hidden), "text/plain": renderText(columns, rows, hidden) };
}

function renderHtml(columns, rows, hidden) {
  const cell = (tag, { numeric, cells }, text) => {
    const wraps = cells.some(({ length }) => length > maxLine);
    const space = wraps ? "normal;min-width:20em" : "nowrap";
    const style = `text-align:${numeric ? "right" : "left"};font-variant-numeric:tabular-nums;white-space:${space}`;
    return `<${tag}${tag === "th" ? ' scope="col"' : ""} style="${style}">${escapeHtml(text)}</${tag}>`;
  };
  const head = columns.map((column) => cell("th", column, column.name)).join("");
  const body = rows.map((row) => `<tr>${columns.map((column) => cell("td", column, column.cells[row])).join("")}</tr>`);
  const note = noteOf(hidden);
  return (
    `<div style="overflow-x:auto"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>` +
    `${note && `<p style="margin:0.3em 0;opacity:0.7">${note}</p>`}</div>`
  );
}

function renderText(columns, rows, hidden) {
  const padded = columns.map(({ name, numeric, cells }) => {
    const width = Math.max(name.length, ...cells.map((text) => text.length));
    return [name, ...cells].map((text) => (numeric ? text.padStart(width) : text.padEnd(width)));
  });
  const fitting = padded.slice(0, columnsWithin(maxTextWidth, padded));
  const lines = [0, ...rows.map((row) => row + 1)].map((line) =>
    fitting
      .map((cells) => cells[line])
      .join("  ")
      .trimEnd(),
  );
  const note = noteOf({ ...hidden, columns: hidden.columns + padded.length - fitting.length });
  return [...lines, ...(note ? [note] : [])].join("\n");
}

/** Returns the number of columns that fit into a width in characters, at least one. */
function columnsWithin(width, padded) {
  let count = 0;
  for (let used = 0; count < padded.length; ++count) {
    used += padded[count][0].length + 2;
    if (used > width && count > 0) break;
  }
  return count;
}

function noteOf({ rows, columns }) {
  const count = (n, word) => (n > 0 ? [`${n.toLocaleString("en")} more ${word}${n === 1 ? "" : "s"}`] : []);
  return [...count(rows, "row"), ...count(columns, "column")].join(", ");
}

/** Recognizes arquero tables by their methods, because a notebook may load another copy of arquero. */
function isArqueroTable(value) {
  return ["numRows", "columnNames", "column", "get", "indices"].every(
    (method) => typeof value?.[method] === "function",
  );
}

function readArquero(table) {
  return { names: table.columnNames(), numRows: table.numRows(), read: (name, row) => table.get(name, row) };
}

function isRecords(value) {
  return Array.isArray(value) && value.length > 0 && value.every(isPlainRecord);
}

function isPlainRecord(value) {
  if (value === null || typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype) && Object.keys(value).length > 0;
}

function readRecords(records) {
  const names = [...new Set(records.slice(0, maxRows).flatMap(Object.keys))];
  return { names, numRows: records.length, read: (name, row) => records[row][name] };
}

function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

module.exports = { isTable, tableBundle };
