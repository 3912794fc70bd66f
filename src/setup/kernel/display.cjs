"use strict";

const { inspect } = require("node:util");
const { isTable, tableBundle } = require("./table.cjs");

const displayMethod = Symbol.for("Jupyter.display");

/** Makes the global `display` and what the end of a cell needs of it. */
function createDisplay(jupyter) {
  const pending = new Set();
  const made = new WeakSet();
  let errors = [];

  /** Shows a value below the cell. Several calls appear in the order in which they were made. */
  function display(value) {
    // The writer of the cell that asks, even if the value is ready only later.
    const write = jupyter.lastWriteDisplayData;
    const emit = (bundle) => write({ data: checkedBundle(bundle), metadata: {}, transient: {} }, false);
    const shown = track(
      pending.size === 0 ? start(value, emit) : Promise.allSettled(pending).then(() => start(value, emit)),
    );
    made.add(shown);
    return shown;
  }

  function track(shown) {
    pending.add(shown);
    shown.catch((error) => errors.push(error)).finally(() => pending.delete(shown));
    return shown;
  }

  /** Shows a cell's last value: richly if it can be, else printed as the console would. */
  function showLast(value) {
    if (made.has(value)) return;
    if (isRich(value)) display(value);
    else console.log(value);
  }

  /** Resolves when everything has been shown; rejects with the first error of a display. */
  async function settled() {
    while (pending.size > 0) await Promise.allSettled(pending);
    if (errors.length > 0) throw errors[0];
  }

  /** Drops the errors of the cell before. */
  function forget() {
    errors = [];
  }

  return { display, showLast, settled, forget };
}

/** Emits at once unless there is something to wait for. */
async function start(value, emit) {
  if (isThenable(value)) value = await value;
  const bundle = bundleOf(value);
  emit(isThenable(bundle) ? await bundle : bundle);
}

/** The MIME bundle of a value, or a promise of it. */
function bundleOf(value) {
  if (hasDisplayMethod(value)) return value[displayMethod]();
  if (isTable(value)) return tableBundle(value);
  return { "text/plain": typeof value === "string" ? value : inspect(value) };
}

function isRich(value) {
  return hasDisplayMethod(value) || isTable(value);
}

function hasDisplayMethod(value) {
  return typeof value?.[displayMethod] === "function";
}

/** A bundle as Jupyter's messages want it: JSON as objects, bytes as base64, the rest as text. */
function checkedBundle(bundle) {
  const isBundle =
    bundle !== null && typeof bundle === "object" && Object.keys(bundle).some((key) => key.includes("/"));
  if (!isBundle) {
    throw new TypeError(
      `Cannot display the value: its display method gives ${inspect(bundle)}; expected a MIME bundle`,
    );
  }
  return Object.fromEntries(Object.entries(bundle).map(([type, content]) => [type, ofType(type, content)]));
}

function ofType(type, content) {
  if (/[/+]json$/.test(type)) return typeof content === "string" ? JSON.parse(content) : content;
  if (content instanceof Uint8Array) return Buffer.from(content).toString("base64");
  return String(content);
}

function isThenable(value) {
  return typeof value?.then === "function";
}

module.exports = { createDisplay };
